package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryReply;
import java.util.List;
import java.util.stream.Stream;

/** The known kinds of registries, in the order in which they are recognised. */
public final class Dialects {

    static final List<Dialect> ALL = Stream.concat(HostedDialects.ALL.stream(), ServerDialects.ALL.stream())
            .toList();

    private Dialects() {}

    /** Returns the dialect of a host, by its name or by any of its answers. */
    public static Dialect of(String host, List<RegistryReply> replies) {
        return ALL.stream()
                .filter(dialect ->
                        replies.stream().anyMatch(reply -> dialect.speaks().test(host, reply)))
                .findFirst()
                .orElse(PlainDialect.PLAIN);
    }

    /** Returns the first rule that matches; there always is one. */
    public static Rule decide(Dialect dialect, Signals signals) {
        return Stream.concat(dialect.rules().stream(), PlainDialect.PLAIN.rules().stream())
                .filter(rule -> rule.when().test(signals))
                .findFirst()
                .orElseThrow();
    }
}
