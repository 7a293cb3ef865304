package io.jenkins.plugins.argopreflight.cli.demo;

import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The accounts of the demo's registry: passwords, and the repositories that each user can pull. Everyone can pull
 * {@code public/}.
 */
public final class DemoAccounts {

    private record Account(Password password, List<String> prefixes) {}

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    /** Adds or changes a user. The old password becomes invalid immediately. */
    public DemoAccounts put(String username, Password password, String... repositoryPrefixes) {
        accounts.put(username, new Account(password, List.of(repositoryPrefixes)));
        return this;
    }

    boolean accepts(DemoRequest.Basic basic) {
        return Optional.ofNullable(accounts.get(basic.username()))
                .map(account -> account.password().equals(Password.of(basic.password())))
                .orElse(false);
    }

    /** Returns whether a user, "" for anonymous, can pull the repository. */
    boolean mayPull(String username, String repository) {
        return repository.startsWith("public/")
                || Optional.ofNullable(accounts.get(username)).map(Account::prefixes).orElse(List.of()).stream()
                        .anyMatch(repository::startsWith);
    }
}
