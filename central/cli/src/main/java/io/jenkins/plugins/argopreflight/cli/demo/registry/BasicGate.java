package io.jenkins.plugins.argopreflight.cli.demo.registry;

import java.util.Optional;

/** A password with every request, as with an htpasswd file. */
record BasicGate(String realm, DemoAccounts accounts) implements DemoAuthorization {

    @Override
    public Optional<DemoResponse> refuse(DemoRequest call, String repository) {
        Optional<String> user = call.basic().filter(accounts::accepts).map(DemoRequest.Basic::username);
        if (user.isEmpty()) {
            return Optional.of(DemoResponse.challenge("Basic realm=\"" + realm + "\""));
        }
        return repository.isEmpty() || accounts.mayPull(user.get(), repository)
                ? Optional.empty()
                : Optional.of(DemoResponse.error(403, "DENIED", "requested access to the resource is denied"));
    }

    @Override
    public DemoResponse token(DemoRequest call) {
        return DemoResponse.error(404, "UNSUPPORTED", "this registry issues no tokens");
    }
}
