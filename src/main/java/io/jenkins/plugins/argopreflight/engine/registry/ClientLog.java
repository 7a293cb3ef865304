package io.jenkins.plugins.argopreflight.engine.registry;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/**
 * Keeps credentials out of what Java's HTTP client logs when somebody turns on its log
 * ({@code -Djdk.httpclient.HttpClient.log=headers}): it would print every Authorization header.
 */
final class ClientLog {

    private static final Pattern CREDENTIAL = Pattern.compile("(?im)^(\\W*(?:proxy-)?authorization\\W+).+$");

    /** Held, since loggers that nobody holds are forgotten with their filters. */
    private static final Logger LOGGER = Logger.getLogger("jdk.httpclient.HttpClient");

    private static final AtomicBoolean DONE = new AtomicBoolean();

    private ClientLog() {}

    /** Once for this process, whoever asks first. */
    static void redactCredentials() {
        if (DONE.compareAndSet(false, true)) {
            Filter before = LOGGER.getFilter();
            LOGGER.setFilter(entry -> {
                redact(entry);
                return before == null || before.isLoggable(entry);
            });
        }
    }

    private static void redact(LogRecord entry) {
        if (entry.getMessage() != null) {
            entry.setMessage(redacted(entry.getMessage()));
        }
        if (entry.getParameters() != null) {
            entry.setParameters(Arrays.stream(entry.getParameters())
                    .map(p -> p instanceof String text ? redacted(text) : p)
                    .toArray());
        }
    }

    private static String redacted(String text) {
        return CREDENTIAL.matcher(text).replaceAll("$1***");
    }
}
