package etroc.cli;

import etroc.store.BuildInfo;
import picocli.CommandLine.IVersionProvider;

/** Release and commit. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        BuildInfo build = BuildInfo.current();
        return new String[] {"etroc-spark " + build.version() + " (commit " + build.commit() + ")"};
    }
}
