package etroc.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import etroc.Listeners;
import etroc.SharedSession;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A local session listens on the loopback interface only: nothing that another machine could speak to. */
class ListenersSparkTest {
    @Test
    void nothingListensBeyondTheLoopbackInterface() throws IOException {
        assumeTrue(Listeners.known(), "no /proc/net");
        SharedSession.get();
        assertThat(Listeners.of(ProcessHandle.current().pid())).isNotEmpty().isSubsetOf(Listeners.LOOPBACK);
    }
}
