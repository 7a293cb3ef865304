package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Dialect.challenge;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Dialect.header;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Dialect.host;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Dialect.rule;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.anonymous;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.atManifest;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.atToken;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.code;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.says;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.tokenLacksPull;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.withLogin;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.withToken;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;

/** Registries that companies run under any host name, known by their headers and challenges. */
final class ServerDialects {

    static final Dialect HARBOR = new Dialect(
            "Harbor",
            challenge("service", "harbor-registry").or(challenge("realm", ".*/service/token")),
            List.of(
                    rule(
                            atToken(401, 403)
                                    .or(atManifest(401).and(says("^unauthorized(: unauthorized)?$")))
                                    .and(withLogin()),
                            Verdict.REJECTED,
                            "Harbor at {registry} refused user \"{user}\"{said}: the secret is wrong, expired or"
                                    + " disabled; a robot's name holds a $ (robot$NAME) that shells and Groovy"
                                    + " strings replace: quote it with ' and write it into the Secret under {key}"),
                    rule(
                            atManifest(401, 403).and(withLogin()).and(tokenLacksPull()),
                            Verdict.NO_RIGHT,
                            "Harbor at {registry} knows user \"{user}\" and gave a token without pull on {path}{said}:"
                                    + " make the user or robot a member of the project with pull, and check that the"
                                    + " project is spelled correctly, Harbor answers the same for one that does not exist"),
                    rule(
                            atManifest(401, 403),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "Harbor at {registry} does not serve {path} {identity}{said}: either the project does not"
                                    + " exist, or it is private, Harbor gives one answer for both; check the"
                                    + " project's name, then its members"),
                    rule(
                            atManifest(404).and(code("NOT_FOUND")),
                            Verdict.NOT_FOUND,
                            "Harbor at {registry} has no {image}{said}: check repository and tag, or push it")));

    static final Dialect QUAY = new Dialect(
            "Quay",
            host("quay\\.io|registry\\.redhat\\.io").or(challenge("realm", ".*/v2/auth")),
            List.of(
                    rule(
                            atToken(401, 403).and(withLogin()),
                            Verdict.REJECTED,
                            "Quay at {registry} refused user \"{user}\"{said}: use a robot account"
                                    + " (ORGANISATION+NAME) or an encrypted password, and write it into the Secret"
                                    + " under {key}"),
                    rule(
                            atManifest(401, 403),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "Quay at {registry} does not serve {path} {identity}{said}: either it does not exist, or"
                                    + " it is private, Quay gives one answer for both; check the spelling, then"
                                    + " give the user or robot Read on the repository")));

    static final Dialect NEXUS = new Dialect(
            "Nexus",
            header("Server", "Nexus/").or(challenge("realm", "Sonatype Nexus.*")),
            List.of(
                    rule(
                            atManifest(400, 401, 403).and(anonymous()),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "Nexus at {registry} does not serve {path} without credentials{said}: add some for {key},"
                                    + " with the port of the repository's connector in the key"),
                    rule(
                            atManifest(401)
                                    .and(withLogin())
                                    .or(atToken(400, 401, 403).and(withLogin())),
                            Verdict.REJECTED,
                            "Nexus at {registry} refused user \"{user}\"{said}: wrong user or password, or the Docker"
                                    + " Bearer Token Realm is off; write the right one into the Secret under {key}"),
                    rule(
                            atManifest(404),
                            Verdict.NOT_FOUND,
                            "Nexus at {registry} has no {image}{said}: each Docker repository has a port of its own, so"
                                    + " check the port, then path and tag")));

    static final Dialect ARTIFACTORY = new Dialect(
            "Artifactory",
            header("Server", "Artifactory/")
                    .or(header("X-JFrog-Version", "Artifactory"))
                    .or(challenge("realm", ".*/api/docker/.*"))
                    .or(challenge("realm", "Artifactory Realm")),
            List.of(
                    rule(
                            atToken(400, 401, 403).and(withLogin()),
                            Verdict.REJECTED,
                            "Artifactory at {registry} refused user \"{user}\"{said}: the password, API key or identity"
                                    + " token is wrong or expired; write a new one into the Secret under {key}"),
                    rule(
                            atManifest(401).and(withLogin()).and(withToken().or(says("permission for manifest"))),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "Artifactory at {registry} knows user \"{user}\" and does not serve {path}{said}: either it"
                                    + " does not exist, or that user lacks Read; check whether the repository is part"
                                    + " of the host name or of the path, then the permission target")));

    static final List<Dialect> ALL = List.of(HARBOR, QUAY, NEXUS, ARTIFACTORY);

    private ServerDialects() {}
}
