import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Scanner;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * Runs the cells of a Java notebook, in one Java shell with this JVM's class path. Cells come from standard input, each closed by NUL. What
 * a cell prints goes to standard output, and after it NUL, what was wrong (nothing: it is done), NUL.
 */
public final class Cells {
    private final JShell shell =
            JShell.builder().executionEngine("local").out(System.out).err(System.out).build();

    public static void main(String[] args) throws Exception {
        System.setOut(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        Cells cells = new Cells();
        cells.shell.addToClasspath(System.getProperty("java.class.path"));
        Scanner scanner = new Scanner(System.in, StandardCharsets.UTF_8).useDelimiter("\0");
        while (scanner.hasNext()) {
            String wrong = cells.run(scanner.next());
            System.out.print("\0" + wrong + "\0");
            System.out.flush();
        }
    }

    private String run(String cell) {
        SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
        String rest = cell;
        while (!rest.isBlank()) {
            CompletionInfo next = analysis.analyzeCompletion(rest);
            boolean whole = next.completeness().isComplete();
            for (SnippetEvent event : shell.eval(whole ? next.source() : rest)) {
                String wrong = wrong(event);
                if (!wrong.isEmpty()) {
                    return wrong;
                }
                boolean last = next.remaining().isBlank();
                if (last && event.snippet().kind() == Snippet.Kind.EXPRESSION && event.value() != null) {
                    System.out.println(event.value());
                }
            }
            rest = whole ? next.remaining() : "";
        }
        return "";
    }

    private String wrong(SnippetEvent event) {
        StringBuilder text = new StringBuilder();
        if (event.status() == Snippet.Status.REJECTED) {
            text.append(event.snippet().source().strip());
            shell.diagnostics(event.snippet())
                    .forEach(d -> text.append('\n').append(d.getMessage(Locale.ENGLISH)));
        }
        for (Throwable e = event.exception(); e != null; e = e.getCause()) {
            String kind = e instanceof EvalException thrown ? thrown.getExceptionClassName() : "";
            text.append(text.isEmpty() ? "" : "\ncaused by ").append(kind).append(": ").append(e.getMessage());
        }
        return text.toString();
    }
}
