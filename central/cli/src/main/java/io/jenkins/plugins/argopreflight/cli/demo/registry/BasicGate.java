package io.jenkins.plugins.argopreflight.cli.demo.registry;

import java.util.Optional;

/** A password with every request, as with an htpasswd file. */
record BasicGate(String realm, Accounts accounts) implements Gate {

    @Override
    public Optional<Reply> refuse(Call call, String repository) {
        Optional<String> user = call.basic().filter(accounts::accepts).map(Call.Basic::username);
        if (user.isEmpty()) {
            return Optional.of(Reply.challenge("Basic realm=\"" + realm + "\""));
        }
        return repository.isEmpty() || accounts.mayPull(user.get(), repository)
                ? Optional.empty()
                : Optional.of(Reply.error(403, "DENIED", "requested access to the resource is denied"));
    }

    @Override
    public Reply token(Call call) {
        return Reply.error(404, "UNSUPPORTED", "this registry issues no tokens");
    }
}
