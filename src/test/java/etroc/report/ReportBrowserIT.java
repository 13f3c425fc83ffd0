package etroc.report;

import static org.assertj.core.api.Assertions.assertThat;

import etroc.CommandRun;
import etroc.Programs;
import etroc.Sqlite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.print.PrintOptions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Reports in a real browser without a network. Screenshots are left in {@code target/screenshots} to be looked at.
 */
class ReportBrowserIT {
    private static final String PACKAGES = "chromium chromium-driver fonts-dejavu-core";
    /** Everything that could break a page or get into it. */
    private static final String NASTY = "\"><script>document.title='injected'<!-- & 'Grüße' " + "x".repeat(120);

    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    @TempDir
    static Path directory;

    private static ChromeDriver browser;

    @BeforeAll
    static void analyse() throws Exception {
        Programs.need(List.of("chromium", "chromedriver"), PACKAGES);
        Path beam = directory.resolve("beam-in");
        CommandRun.ok("simulate", "telescope", beam, "--events", 4000, "--seed", 3);
        Path file = beam.resolve("F9P5_F11P5_F5P9_Beam.txt");
        Files.move(file, beam.resolve("F9P5_F11P5_F5P9_Beam_" + NASTY + ".txt"));
        Path cuts = Files.writeString(directory.resolve("time.csv"), """
                cut_type,cut_direction,variable_1,board_id_1,variable_2,board_id_2,value_1,value_2,value_3,output
                diag-dist,<,time_of_arrival_ns,0,time_of_arrival_ns,1,1,,,<b>near</b> "ü"
                """);
        CommandRun.ok(
                "telescope",
                beam,
                "-o",
                directory.resolve("telescope"),
                "-q",
                "--time-cuts",
                cuts,
                "--set",
                "report.label=\"<i>test</i> & Größe\"");
        CommandRun.ok(
                "simulate", "scan", directory.resolve("scan-in"), "--charges", "14,20,26", "--step", 4, "--lines", 400);
        CommandRun.ok("scan", directory.resolve("scan-in"), "-o", directory.resolve("scan"), "-q");
        Path empty = Files.createDirectories(directory.resolve("empty-in"));
        Files.writeString(empty.resolve("F9P5_F11P5_F5P9_Beam.txt"), "");
        CommandRun.ok("telescope", empty, "-o", directory.resolve("empty"), "-q");
        Files.createDirectories(SCREENSHOTS);
        browser = start();
    }

    private static ChromeDriver start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Programs.find("chromium").orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND", // no network, not even by accident
                "--user-data-dir=" + directory.resolve("browser"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(
                        Programs.find("chromedriver").orElseThrow().toFile())
                .build();
        return new ChromeDriver(service, options);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
    }

    /** Opens a report and waits until every figure is drawn. */
    private static void open(String out, int width, boolean dark) throws Exception {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        browser.manage().logs().get(LogType.BROWSER); // those of the page before
        browser.get(Sqlite.latest(directory.resolve(out))
                .resolve("report/index.html")
                .toUri()
                .toString());
        new WebDriverWait(browser, Duration.ofSeconds(60))
                .until(d -> script("return document.body.hasAttribute('data-drawn')")
                        .equals(true));
        assertThat(browser.manage().logs().get(LogType.BROWSER))
                .extracting(LogEntry::getMessage)
                .isEmpty();
    }

    private static Object script(String text, Object... arguments) {
        Object result = browser.executeScript(text, arguments);
        return result == null ? "nothing" : result;
    }

    private static long number(String text, Object... arguments) {
        return ((Number) script(text, arguments)).longValue();
    }

    private static void screenshot(String name) throws Exception {
        Object data = browser.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true))
                .get("data");
        Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode((String) data));
    }

    @ParameterizedTest
    @CsvSource({"telescope, 1280, false", "telescope, 390, true", "scan, 1280, true", "scan, 390, false"})
    void everyFigureDraws(String out, int width, boolean dark) throws Exception {
        open(out, width, dark);
        List<WebElement> drawings = browser.findElements(By.className("drawing"));
        assertThat(drawings).hasSizeGreaterThan(15);
        assertThat(number("return Number(document.body.getAttribute('data-drawn'))"))
                .isEqualTo(drawings.size());
        for (WebElement drawing : drawings) {
            assertThat(number(
                            "return arguments[0].querySelectorAll('.trace, .hm image, .heatmaplayer image').length",
                            drawing))
                    .as(drawing.getAttribute("id"))
                    .isPositive();
        }
        // the page itself does not scroll sideways; wide tables do inside of it
        assertThat(number("return document.scrollingElement.scrollWidth")).isLessThanOrEqualTo(width);
        String background = (String) script("return getComputedStyle(document.body).backgroundColor");
        assertThat(background).isEqualTo(dark ? "rgb(22, 22, 22)" : "rgb(255, 255, 255)");
        screenshot(out + "-" + width + (dark ? "-dark" : "-light"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"telescope", "scan"})
    void hoverTellsNumbersAndDraggingZooms(String out) throws Exception {
        open(out, 1280, false);
        WebElement drawing = browser.findElement(By.cssSelector(".drawing:has(.scatterlayer .point)"));
        WebElement point = drawing.findElement(By.cssSelector(".scatterlayer .point"));
        script("arguments[0].scrollIntoView({block: 'center'})", drawing);
        new Actions(browser)
                .moveToLocation(centre(point, "x"), centre(point, "y"))
                .perform();
        new WebDriverWait(browser, Duration.ofSeconds(10))
                .until(d -> !drawing.findElements(By.cssSelector(".hoverlayer .hovertext"))
                        .isEmpty());

        WebElement area = drawing.findElement(By.cssSelector(".nsewdrag"));
        String range = "return JSON.stringify(arguments[0]._fullLayout.xaxis.range)";
        Object before = script(range, drawing);
        int x = centre(area, "x");
        int y = centre(area, "y");
        new Actions(browser)
                .moveToLocation(x - 60, y - 40)
                .clickAndHold()
                .moveToLocation(x, y)
                .moveToLocation(x + 60, y + 40)
                .release()
                .perform();
        new WebDriverWait(browser, Duration.ofSeconds(10))
                .until(d -> !script(range, drawing).equals(before));
    }

    @ParameterizedTest
    @ValueSource(strings = {"telescope", "scan"})
    void aFigureDownloadsAsSvg(String out) throws Exception {
        open(out, 1280, false);
        Path downloads = Files.createDirectories(directory.resolve("downloads-" + out));
        browser.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", downloads.toString()));
        WebElement drawing = browser.findElement(By.className("drawing"));
        script("arguments[0].querySelector('[data-title=\"Download as SVG\"]').click()", drawing);
        Path file = downloads.resolve(drawing.getAttribute("id") + ".svg");
        new WebDriverWait(browser, Duration.ofSeconds(10)).until(d -> Files.exists(file));
        String axis = (String) script("return arguments[0]._fullLayout.xaxis.title.text", drawing);
        assertThat(Files.readString(file)).startsWith("<svg").contains(axis).endsWith("</svg>");
    }

    private static int centre(WebElement element, String axis) {
        String size = axis.equals("x") ? "width" : "height";
        return (int) number(
                "let r = arguments[0].getBoundingClientRect(); return Math.round(r[arguments[1]] + r[arguments[2]] / 2)",
                element,
                axis,
                size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"telescope", "scan"})
    void thePagePrints(String out) throws Exception {
        open(out, 1280, false);
        byte[] pdf =
                Base64.getDecoder().decode(browser.print(new PrintOptions()).getContent());
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("%PDF");
        assertThat(text.split("/Type /Page\n|/Type /Page ").length - 1).isGreaterThan(3);
    }

    @Test
    void namesAreTextAndNothingElse() throws Exception {
        open("telescope", 1280, false);
        assertThat(browser.getTitle()).doesNotContain("injected");
        assertThat((String) script("return document.body.textContent"))
                .contains("F9P5_F11P5_F5P9_Beam_" + NASTY)
                .contains("<b>near</b> \"ü\"");
        assertThat(number("return document.querySelectorAll('b, i').length")).isZero();
        // in the figures too
        assertThat((String) script(
                        "return Array.from(document.querySelectorAll('svg text')).map(t => t.textContent).join('\\n')"))
                .contains("<b>near</b> \"ü\"");
    }

    @Test
    void withoutDataThePageSaysSo() throws Exception {
        browser.get(Sqlite.latest(directory.resolve("empty"))
                .resolve("report/index.html")
                .toUri()
                .toString());
        assertThat(browser.manage().logs().get(LogType.BROWSER))
                .extracting(LogEntry::getMessage)
                .isEmpty();
        assertThat(browser.findElements(By.className("nothing")))
                .isNotEmpty()
                .allSatisfy(p ->
                        assertThat(p.getText()).startsWith("Nothing to draw: ").hasSizeGreaterThan(25));
        Files.write(SCREENSHOTS.resolve("empty.png"), browser.getScreenshotAs(OutputType.BYTES));
    }
}
