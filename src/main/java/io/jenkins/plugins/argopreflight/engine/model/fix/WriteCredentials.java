package io.jenkins.plugins.argopreflight.engine.model.fix;

import java.util.List;
import java.util.stream.Stream;

/**
 * A fix that writes credentials for a registry into a Secret, and lists the Secret in ServiceAccounts.
 *
 * @param username the user name, or a placeholder if it is unknown
 * @param mode the action for an existing Secret
 * @param first the commands to run before the credentials are written
 */
public record WriteCredentials(
        FixNote note,
        Operand secret,
        List<Operand> namespaces,
        List<Operand> serviceAccounts,
        Operand registry,
        Operand username,
        Mode mode,
        List<Command> first)
        implements Fix, NotedFix<WriteCredentials> {

    /** The action for an existing Secret of this name that is not managed by Argo Preflight. */
    public enum Mode {
        /** Creates the Secret; no Secret of this name exists. */
        CREATE,
        /** Adopts the Secret and keeps its other registries. */
        ADOPT("adopt"),
        /** Adopts the Secret and replaces it, since its type is wrong. */
        RECREATE("adopt", "recreate");

        private final List<String> options;

        Mode(String... options) {
            this.options = List.of(options);
        }

        /** Returns the names of the step's parameters, which are the command's options without dashes. */
        public List<String> options() {
            return options;
        }
    }

    /** The placeholder of an unknown user name. */
    public static final Operand USER = Operand.placeholder("USER");

    public WriteCredentials {
        namespaces = List.copyOf(namespaces);
        serviceAccounts = List.copyOf(serviceAccounts);
        first = List.copyOf(first);
    }

    /** Returns the fix that creates a Secret. */
    public static WriteCredentials create(String secret, String namespace, String registry) {
        return new WriteCredentials(
                FixNote.NONE,
                Operand.name("Secret", secret),
                List.of(Operand.namespace(namespace)),
                List.of(),
                Operand.registry(registry),
                USER,
                Mode.CREATE,
                List.of());
    }

    /** Returns this fix with a ServiceAccount that lists the Secret; {@code ""} for none. */
    public WriteCredentials bound(String account) {
        List<Operand> accounts =
                account.isEmpty() ? List.<Operand>of() : List.of(Operand.name("ServiceAccount", account));
        return new WriteCredentials(note, secret, namespaces, accounts, registry, username, mode, first);
    }

    /** Returns this fix for a user. A name with characters that need quotation is left as a placeholder. */
    public WriteCredentials user(String name) {
        Operand user = name.matches("[\\w.@+][\\w.@+-]*") ? Operand.text(name) : USER;
        return new WriteCredentials(note, secret, namespaces, serviceAccounts, registry, user, mode, first);
    }

    public WriteCredentials mode(Mode other) {
        return new WriteCredentials(note, secret, namespaces, serviceAccounts, registry, username, other, first);
    }

    /** Returns this fix with commands to run before the credentials are written. */
    public WriteCredentials after(Command... commands) {
        return new WriteCredentials(
                note, secret, namespaces, serviceAccounts, registry, username, mode, List.of(commands));
    }

    @Override
    public WriteCredentials with(FixNote other) {
        return new WriteCredentials(other, secret, namespaces, serviceAccounts, registry, username, mode, first);
    }

    /** Returns the command that writes the credentials; it reads the password from a file. */
    public Command command() {
        Command sync = Command.of("argo-preflight", "sync", "--name")
                .with(secret)
                .with("-n")
                .with(Operand.list(namespaces));
        if (!serviceAccounts.isEmpty()) {
            sync = sync.with("--service-account").with(Operand.list(serviceAccounts));
        }
        for (String option : mode.options()) {
            sync = sync.with("--" + option);
        }
        return sync.with("--registry")
                .with(registry)
                .with("--username")
                .with(username)
                .with("--password-stdin")
                .from(Operand.file("password.txt"));
    }

    @Override
    public List<String> problems() {
        return Stream.concat(first.stream(), Stream.of(command()))
                .flatMap(each -> each.problems().stream())
                .distinct()
                .toList();
    }
}
