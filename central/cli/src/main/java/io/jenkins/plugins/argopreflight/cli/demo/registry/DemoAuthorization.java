package io.jenkins.plugins.argopreflight.cli.demo.registry;

import java.util.Optional;

/** Decides who can pull. */
interface DemoAuthorization {

    /**
     * A refusal, or empty when the call can go on.
     *
     * @param repository "" for the base endpoint {@code /v2/}
     */
    Optional<DemoResponse> refuse(DemoRequest call, String repository);

    /** The answer of the token endpoint. */
    DemoResponse token(DemoRequest call);
}
