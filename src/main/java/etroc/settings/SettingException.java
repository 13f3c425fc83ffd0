package etroc.settings;

import etroc.UsageException;
import org.jspecify.annotations.Nullable;

/** A setting that is unknown or has a value that is not possible. */
public final class SettingException extends UsageException {
    private static final long serialVersionUID = 1L;

    private final String key;

    SettingException(String key, String message, @Nullable Throwable cause) {
        super(message, cause == null ? new IllegalArgumentException(key) : cause);
        this.key = key;
    }

    /** Full path of the setting. */
    public String key() {
        return key;
    }
}
