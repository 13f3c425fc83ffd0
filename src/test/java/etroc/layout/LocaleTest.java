package etroc.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decoders on a machine whose language writes numbers in other digits; tables of decoders are made once a JVM, so it has one of its own. */
class LocaleTest {
    private static final List<String> LINES = List.of(
            " 0 393  29 144 1", "   #)#   $ !$$ 1", "                 ", " 3   7   8   9 0", " 0 #)#  29 144 1");

    public static void main(String[] args) {
        HitRecord record = new HitRecord();
        for (String line : LINES) {
            byte[] bytes = (line + "\n").getBytes(StandardCharsets.US_ASCII);
            RecordLayout.Decoder decoder = SplitLayout.FIVE.decoder();
            int used = decoder.decodeUsual(bytes, 0, bytes.length, record);
            LineKind kind = decoder.decode(bytes, 0, line.length(), record);
            System.out.println(String.format(java.util.Locale.ROOT, "%d %s", used, kind));
        }
        System.out.print(HitText.split(0, 393, 29, 144, 1));
    }

    @Test
    void digitsAreThoseOfTheFilesNotOfTheMachine() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LocaleTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines())
                .containsExactly("17 HIT", "0 MALFORMED", "0 IDLE", "17 NO_HIT", "0 MALFORMED", " 0 393  29 144 1");
    }
}
