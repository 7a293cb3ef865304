package io.jenkins.plugins.argopreflight.offline.registry;

import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryName;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Deadline;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Failures;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.NoAnswer;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryReply;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Request;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.TokenContent;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Wire;
import io.jenkins.plugins.argopreflight.engine.util.http.ConnectionFailure.Kind;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;

/**
 * The transport of requests to the registries of a snapshot, so that the code for live registries can send them and
 * evaluate the answers.
 */
final class SnapshotWire implements Wire {

    private final String file;
    private final SnapshotReader.Content content;
    private final RegistrySettings settings;

    SnapshotWire(String file, SnapshotReader.Content content, RegistrySettings settings) {
        this.file = file;
        this.content = content;
        this.settings = settings;
    }

    /** Returns the registry in the file. Its standard port can be written or left out. */
    Optional<SnapshotHost> host(String registry) {
        String name = RegistryName.canonical(registry);
        return named(name).or(() -> named(name.replaceFirst(":(443|80)$", "")));
    }

    private Optional<SnapshotHost> named(String name) {
        return content.hosts().stream().filter(host -> host.name().equals(name)).findFirst();
    }

    @Override
    public boolean maySendCredentials(URI url) {
        return settings.maySendCredentials(url);
    }

    @Override
    public Optional<Instant> expires(Login login) {
        return content.hosts().stream()
                .flatMap(host -> host.credential(login).stream())
                .flatMap(credential -> credential.expires().stream())
                .findFirst()
                .or(() -> TokenContent.expires(login.password().reveal()));
    }

    @Override
    public RegistryReply send(Request request, Deadline deadline) throws NoAnswer {
        return new SnapshotServer(connect(request.url()), request).answer();
    }

    private SnapshotHost connect(URI url) throws NoAnswer {
        String name = url.getRawAuthority();
        if (content.unreachable().contains(RegistryName.canonical(name))) {
            throw url.getHost().endsWith(".invalid") ? Failures.of(Kind.NO_SUCH_HOST, name, "") : silent(name);
        }
        Optional<SnapshotHost> host = host(name);
        if (host.isEmpty()) {
            throw new NoAnswer(
                    Verdict.UNKNOWN,
                    name,
                    "not in the snapshot",
                    file + " says nothing of registry " + name + ": add it there, or ask the registries themselves.");
        }
        boolean tls = url.getScheme().equals("https");
        if (tls && !host.get().https()) {
            throw Failures.of(Kind.PLAIN_HTTP, name, "");
        }
        if (tls && host.get().certificate().isPresent() && !settings.isInsecure(url)) {
            throw Failures.of(
                    Kind.UNKNOWN_AUTHORITY, name, host.get().certificate().get());
        }
        return host.get();
    }

    private static NoAnswer silent(String name) {
        return Failures.unreachable(
                name,
                "no answer",
                "it did not answer when the snapshot was made; check host and port, whether it is up, DNS and"
                        + " firewall");
    }
}
