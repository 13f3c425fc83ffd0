package etroc.report;

/** The look of all pages: plain, for phones, paper, light and dark. */
public final class Style {
    public static final String CSS = """
            :root{color-scheme:light dark;--text:#1b1b1b;--back:#fff;--line:#ccc;--soft:#f3f3f3;--link:#0b5394}
            @media (prefers-color-scheme:dark){:root{--text:#e6e6e6;--back:#161616;--line:#444;--soft:#222;--link:#7fb8ea}}
            body{margin:0;font:16px/1.45 system-ui,sans-serif;color:var(--text);background:var(--back)}
            main{max-width:1100px;margin:0 auto;padding:1rem}
            h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid var(--line)}
            a{color:var(--link)}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;font-size:.85rem}
            th,td{padding:.25rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;max-width:40rem;overflow-wrap:break-word}
            th{background:var(--soft);overflow-wrap:normal}
            td.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            nav a{margin-right:.8rem;white-space:nowrap}
            details{margin:.5rem 0}summary{cursor:pointer}
            .figures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,500px),1fr));gap:1rem}
            figure{margin:0;min-width:0;break-inside:avoid}figcaption{font-weight:600}
            .notes,.files{font-size:.8rem;margin:.2rem 0}.nothing{font-style:italic;padding:2rem 0}
            @media print{main{max-width:none;padding:0}.scroll{overflow:visible}table{font-size:.6rem}section{break-inside:avoid-page}}
            """;

    /** Draws the figures one after the other, from the top, in the colours of the page, and again when these change. */
    static final String SCRIPT = """
            (function(){
              var dark=window.matchMedia('(prefers-color-scheme:dark)');
              function look(layout){
                var css=getComputedStyle(document.documentElement);
                var text=css.getPropertyValue('--text').trim(),line=css.getPropertyValue('--line').trim();
                layout.paper_bgcolor='rgba(0,0,0,0)';layout.plot_bgcolor='rgba(0,0,0,0)';
                layout.font={color:text,size:12};layout.margin={l:60,r:15,t:30,b:45};
                layout.legend={orientation:'h',y:-0.3};layout.modebar={bgcolor:'rgba(0,0,0,0)',color:line,activecolor:text};layout.hovermode='closest';
                ['xaxis','yaxis'].forEach(function(a){layout[a].gridcolor=line;layout[a].zerolinecolor=line;layout[a].automargin=true;});
                return layout;
              }
              var all=Array.prototype.slice.call(document.querySelectorAll('script[data-for]'));
              function draw(i){
                if(i>=all.length){document.body.setAttribute('data-drawn',all.length);return;}
                var figure=JSON.parse(all[i].textContent);
                Plotly.react(all[i].getAttribute('data-for'),figure.data,look(figure.layout),{responsive:true,displaylogo:false});
                setTimeout(function(){draw(i+1);},0);
              }
              draw(0);
              if(dark.addEventListener){dark.addEventListener('change',function(){draw(0);});}
            })();
            """;

    private Style() {}
}
