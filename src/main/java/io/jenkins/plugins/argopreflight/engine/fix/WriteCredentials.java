package io.jenkins.plugins.argopreflight.engine.fix;

import java.util.List;
import java.util.stream.Stream;

/**
 * A registry's credentials to write into a Secret, and to name in ServiceAccounts.
 *
 * @param username the user's name, or a placeholder where it is not known
 * @param mode what to do with a Secret that exists
 * @param first commands to run before
 */
public record WriteCredentials(
        String note,
        Operand secret,
        List<Operand> namespaces,
        List<Operand> serviceAccounts,
        Operand registry,
        Operand username,
        Mode mode,
        List<Command> first)
        implements Fix {

    /** What to do with a Secret of that name which Argo Preflight did not write. */
    public enum Mode {
        /** Nothing: there is none. */
        CREATE,
        /** Take it over and keep its other registries. */
        ADOPT("adopt"),
        /** Take it over and replace it: its type is wrong. */
        RECREATE("adopt", "recreate");

        private final List<String> options;

        Mode(String... options) {
            this.options = List.of(options);
        }

        /** The parameters of the step, and the options of the command without their dashes. */
        public List<String> options() {
            return options;
        }
    }

    /** Stands for a user name that is not known. */
    public static final Operand USER = Operand.placeholder("USER");

    public WriteCredentials {
        namespaces = List.copyOf(namespaces);
        serviceAccounts = List.copyOf(serviceAccounts);
        first = List.copyOf(first);
    }

    /** A Secret that does not exist yet. */
    public static WriteCredentials create(String secret, String namespace, String registry) {
        return new WriteCredentials(
                "",
                Operand.name("Secret", secret),
                List.of(Operand.namespace(namespace)),
                List.of(),
                Operand.registry(registry),
                USER,
                Mode.CREATE,
                List.of());
    }

    /** The same, named in this ServiceAccount too; "" for in none. */
    public WriteCredentials bound(String account) {
        List<Operand> accounts =
                account.isEmpty() ? List.<Operand>of() : List.of(Operand.name("ServiceAccount", account));
        return new WriteCredentials(note, secret, namespaces, accounts, registry, username, mode, first);
    }

    /** The same for this user; a name that cannot be shown or given as it stands stays a placeholder. */
    public WriteCredentials user(String name) {
        Operand given = name.matches("[\\w.@+][\\w.@+-]*") ? Operand.text(name) : USER;
        return new WriteCredentials(note, secret, namespaces, serviceAccounts, registry, given, mode, first);
    }

    public WriteCredentials mode(Mode other) {
        return new WriteCredentials(note, secret, namespaces, serviceAccounts, registry, username, other, first);
    }

    /** The same after these commands. */
    public WriteCredentials after(Command... commands) {
        return new WriteCredentials(
                note, secret, namespaces, serviceAccounts, registry, username, mode, List.of(commands));
    }

    /** The same with what it is for. */
    public WriteCredentials because(String why) {
        return new WriteCredentials(why, secret, namespaces, serviceAccounts, registry, username, mode, first);
    }

    /** The command that does it; the password is read from a file. */
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
