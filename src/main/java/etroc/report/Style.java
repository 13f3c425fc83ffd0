package etroc.report;

/** The look of all pages: plain, for phones, paper, light and dark. */
final class Style {
    static final String CSS = """
            :root{color-scheme:light dark;--text:#1b1b1b;--back:#fff;--line:#ccc;--soft:#f3f3f3;--link:#0b5394}
            @media (prefers-color-scheme:dark){:root{--text:#e6e6e6;--back:#161616;--line:#444;--soft:#222;--link:#7fb8ea}}
            body{margin:0;font:16px/1.45 system-ui,sans-serif;color:var(--text);background:var(--back)}
            main{max-width:1100px;margin:0 auto;padding:1rem}
            h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem;border-bottom:1px solid var(--line)}
            a{color:var(--link)}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;font-size:.85rem}
            th,td{padding:.25rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;max-width:40rem;overflow-wrap:anywhere}
            th{background:var(--soft);overflow-wrap:normal}
            td.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
            @media print{main{max-width:none;padding:0}.scroll{overflow:visible}table{font-size:.6rem}section{break-inside:avoid-page}}
            """;

    private Style() {}
}
