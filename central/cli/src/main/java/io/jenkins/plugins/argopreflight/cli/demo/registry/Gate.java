package io.jenkins.plugins.argopreflight.cli.demo.registry;

import java.util.Optional;

/** Decides who may pull. */
interface Gate {

    /**
     * A refusal, or empty when the call may go on.
     *
     * @param repository "" for the base endpoint {@code /v2/}
     */
    Optional<Reply> refuse(Call call, String repository);

    /** The answer of the token endpoint. */
    Reply token(Call call);
}
