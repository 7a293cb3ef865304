package io.jenkins.plugins.argopreflight.engine.lab;

import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.sync.SecretOwner;
import io.jenkins.plugins.argopreflight.engine.sync.SyncMode;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest;
import io.jenkins.plugins.argopreflight.engine.sync.SyncRequest.Options;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.ArrayList;
import java.util.List;

/** A request for tests, written as its command line. */
public final class Ask {

    public static final String CANARY = "c4nary-Pa55word";

    private final SyncMode mode;
    private final List<String> namespaces;
    private String selector = "";
    private final List<RegistryCredential> credentials = new ArrayList<>();
    private List<String> accounts = List.of("default");
    private SecretOwner owner = SecretOwner.CLI;
    private boolean dryRun;
    private boolean adopt;
    private boolean recreate;
    private boolean prune;
    private boolean createAccounts;

    private String name = "regcred";

    private Ask(SyncMode mode, String... namespaces) {
        this.mode = mode;
        this.namespaces = List.of(namespaces);
    }

    public static Ask sync(String... namespaces) {
        return new Ask(SyncMode.APPLY, namespaces);
    }

    public static Ask unbind(String... namespaces) {
        return new Ask(SyncMode.UNBIND, namespaces).accounts();
    }

    public static Ask delete(String... namespaces) {
        return new Ask(SyncMode.DELETE, namespaces).accounts();
    }

    public Ask name(String newName) {
        name = newName;
        return this;
    }

    public Ask registry(String registry, String username) {
        return registry(registry, username, CANARY);
    }

    public Ask registry(String registry, String username, String password) {
        credentials.add(new RegistryCredential(registry, username, Password.of(password), "", "id-" + username));
        return this;
    }

    public Ask selector(String labelSelector) {
        selector = labelSelector;
        return this;
    }

    public Ask accounts(String... names) {
        accounts = List.of(names);
        return this;
    }

    public Ask owner(SecretOwner newOwner) {
        owner = newOwner;
        return this;
    }

    public Ask dryRun() {
        dryRun = true;
        return this;
    }

    public Ask adopt() {
        adopt = true;
        return this;
    }

    public Ask recreate() {
        recreate = true;
        return this;
    }

    public Ask prune() {
        prune = true;
        return this;
    }

    public Ask createAccounts() {
        createAccounts = true;
        return this;
    }

    public SyncRequest request() {
        if (mode == SyncMode.APPLY && credentials.isEmpty()) {
            registry("registry.example.com", "team");
        }
        return new SyncRequest(
                mode,
                name,
                namespaces,
                selector,
                credentials,
                accounts,
                new Options(dryRun, adopt, recreate, prune, createAccounts),
                owner,
                "a test");
    }
}
