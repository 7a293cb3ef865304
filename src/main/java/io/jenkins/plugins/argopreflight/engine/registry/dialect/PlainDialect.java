package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Dialect.rule;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.anonymous;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.atManifest;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.atToken;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.code;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.mediaType;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.says;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.status;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.tokenLacksPull;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.withLogin;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.withToken;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;

/**
 * The meaning of answers by the
 * <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md">distribution specification</a>, for
 * every registry without a rule of its own.
 */
final class PlainDialect {

    static final Dialect PLAIN = new Dialect(
            "registry",
            (host, reply) -> true,
            List.of(
                    rule(
                            status(429).or(code("TOOMANYREQUESTS")),
                            Verdict.RATE_LIMITED,
                            "{registry} limits the rate of requests{said}: it counts pulls by {by}; wait, or pull as a"
                                    + " user with a higher limit"),
                    rule(
                            status(400)
                                    .and(says("HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS")),
                            Verdict.TLS,
                            "{registry} uses HTTPS and got a request by plain HTTP: remove it from the insecure"
                                    + " registries, and trust its certificate authority"),
                    rule(
                            atToken(401, 403, 404).and(anonymous()),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "{registry} does not serve {path} without credentials, or it does not exist{said}: add"
                                    + " credentials for {key} to a Secret that the pod's ServiceAccount lists"),
                    rule(
                            atToken(400, 401, 403).and(withLogin()),
                            Verdict.REJECTED,
                            "{registry} refused user \"{user}\"{said}: the password or token is wrong, expired or"
                                    + " revoked; renew it and write it into the Secret under {key}"),
                    rule(
                            atToken(200, 201),
                            Verdict.UNKNOWN,
                            "The token server of {registry} answered without a token: check its address,"
                                    + " auth.token.realm in the registry's configuration"),
                    rule(
                            atManifest(403).and(mediaType("text/html")),
                            Verdict.UNKNOWN,
                            "{registry} answers with a web page{said}, not as a registry: check host and port of"
                                    + " {image}, and whether a proxy or a firewall answers in its place"),
                    rule(
                            atManifest(401).and(withLogin()).and(tokenLacksPull()),
                            Verdict.NO_RIGHT,
                            "{registry} knows user \"{user}\", who is not allowed to pull {path}{said}: allow it on that"
                                    + " repository, and check the spelling of the repository"),
                    rule(
                            atManifest(401).and(withLogin()).and(withToken()),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "{registry} knows user \"{user}\" and does not serve {path}{said}: either it does not"
                                    + " exist, or the user is not allowed to pull it; check the spelling, then the user's"
                                    + " rights"),
                    rule(
                            atManifest(401).and(withLogin()),
                            Verdict.REJECTED,
                            "{registry} refused user \"{user}\"{said}: the user name or password is wrong, expired or"
                                    + " revoked; renew it and write it into the Secret under {key}"),
                    rule(
                            atManifest(403).and(withLogin()),
                            Verdict.NO_RIGHT,
                            "{registry} knows user \"{user}\", who is not allowed to pull {path}{said}: allow it on that"
                                    + " repository"),
                    rule(
                            atManifest(401, 403),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "{registry} does not serve {path} without credentials{said}: add some for {key} to a"
                                    + " Secret that the pod's ServiceAccount lists; only with them the registry"
                                    + " shows whether {image} exists"),
                    rule(
                            atManifest(404).and(code("NAME_UNKNOWN")),
                            Verdict.NOT_FOUND,
                            "{registry} has no repository {path}{said}: check the path's spelling, or push the image"),
                    rule(
                            atManifest(404).and(mediaType("text/html")),
                            Verdict.UNKNOWN,
                            "{registry} answers with a web page{said}, not as a registry: check host and port of"
                                    + " {image}"),
                    rule(
                            atManifest(404),
                            Verdict.NOT_FOUND,
                            "{registry} has no {version} in {path}{said}: check the tag or digest, then the path (the"
                                    + " answer is the same when the whole repository does not exist), or push"
                                    + " the image"),
                    rule(
                            status(502, 503, 504),
                            Verdict.UNREACHABLE,
                            "{registry} is behind a gateway that cannot reach it (HTTP {status}){said}: ask again"
                                    + " later, or check whether the registry is up"),
                    rule(
                            atManifest(200).and(mediaType("distribution.manifest.v1+")),
                            Verdict.UNKNOWN,
                            "{registry} serves {image} as Docker schema 1, which containerd no longer pulls since 2.0:"
                                    + " build and push it again"),
                    rule(
                            atManifest(200).and(mediaType("text/html")),
                            Verdict.UNKNOWN,
                            "{registry} answers with a web page, not as a registry: check host and port of {image}, and"
                                    + " whether a proxy wants a login"),
                    rule(atManifest(200).and(withLogin()), Verdict.OK, "{registry} serves {image} to user \"{user}\""),
                    rule(atManifest(200), Verdict.OK, "{registry} serves {image} without credentials"),
                    rule(
                            s -> true,
                            Verdict.UNKNOWN,
                            "{registry} answered HTTP {status}{said}, which does not show whether {image} exists: try again, or"
                                    + " read the log of the registry")));

    private PlainDialect() {}
}
