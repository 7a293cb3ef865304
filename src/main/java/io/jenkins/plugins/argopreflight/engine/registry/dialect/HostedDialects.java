package io.jenkins.plugins.argopreflight.engine.registry.dialect;

import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Dialect.host;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Dialect.rule;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.anonymous;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.atManifest;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.atToken;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.says;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.withLogin;
import static io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals.withToken;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;

/** Registries that a cloud runs, known by their host names. */
final class HostedDialects {

    private static final String RENEW_ECR =
            "an ECR token expires after 12 hours; renew it (aws ecr get-login-password) and"
                    + " write it into the Secret under {key}, at least twice a day";

    static final Dialect DOCKER_HUB = new Dialect(
            "Docker Hub",
            host("(registry-1|index|registry)\\.docker\\.io"),
            List.of(
                    rule(
                            atToken(401, 403).and(withLogin()),
                            Verdict.REJECTED,
                            "Docker Hub refused user \"{user}\"{said}: create an access token in the account's settings"
                                    + " and write it into the Secret under https://index.docker.io/v1/"),
                    rule(
                            atManifest(401, 403).and(withLogin()),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "Docker Hub knows user \"{user}\" and does not serve {path}{said}: either it does not"
                                    + " exist, or the user is not allowed to pull it, Docker Hub gives one answer for both;"
                                    + " check the spelling, then the repository's collaborators"),
                    rule(
                            atManifest(401, 403).and(anonymous()),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "Docker Hub does not serve {path} without credentials{said}: either it does not exist"
                                    + " or it is private, Docker Hub gives one answer for both; check the spelling,"
                                    + " or add credentials under https://index.docker.io/v1/")));

    static final Dialect GHCR = new Dialect(
            "GHCR",
            host("ghcr\\.io|docker\\.pkg\\.github\\.com"),
            List.of(
                    rule(
                            atToken(401, 403)
                                    .or(atManifest(401, 403).and(says("^denied$")))
                                    .and(withLogin()),
                            Verdict.REJECTED,
                            "GHCR refused the token of user \"{user}\"{said}: it is wrong, expired or revoked, and"
                                    + " breaks even public images; store a classic personal access token with"
                                    + " read:packages, or remove the entry {key} from the Secret"),
                    rule(
                            atManifest(403).and(withLogin()).and(says("permission_denied|read_package|scope")),
                            Verdict.NO_RIGHT,
                            "GHCR knows the token of user \"{user}\", which is not allowed to read {path}{said}: give the token"
                                    + " read:packages, and the user or repository access in the package's settings"),
                    rule(
                            atManifest(401, 403).and(withLogin()),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "GHCR knows the token of user \"{user}\" and does not serve {path}{said}: either it"
                                    + " does not exist, or the token is not allowed to read it; check the spelling,"
                                    + " read:packages, and the package's settings")));

    static final Dialect ECR = new Dialect(
            "ECR",
            host("\\d+\\.dkr[.-]ecr(-fips)?\\.[a-z0-9-]+\\.(amazonaws\\.com(\\.cn)?|on\\.aws)|public\\.ecr\\.aws"),
            List.of(
                    rule(
                            says("authorization token has expired"),
                            Verdict.REJECTED,
                            "{registry} says that the token of user \"{user}\" has expired{said}: " + RENEW_ECR),
                    rule(
                            says("not authorized to perform"),
                            Verdict.NO_RIGHT,
                            "{registry} knows the token, whose AWS identity is not allowed to pull {path}{said}: allow it"
                                    + " ecr:BatchGetImage and ecr:GetDownloadUrlForLayer in its IAM policy or in the"
                                    + " repository's"),
                    rule(
                            atManifest(400, 401)
                                    .and(withLogin())
                                    .or(atToken(400, 401, 403).and(withLogin())),
                            Verdict.REJECTED,
                            "{registry} refused user \"{user}\"{said}: the user must be AWS and the"
                                    + " password a token that is still valid; " + RENEW_ECR)));

    static final Dialect GOOGLE = new Dialect(
            "Artifact Registry",
            host("[a-z0-9-]+-docker\\.pkg\\.dev|([a-z]+\\.)?gcr\\.io"),
            List.of(
                    rule(
                            atToken(403)
                                    .and(withLogin())
                                    .and(says("permission|may not exist"))
                                    .or(atManifest(403).and(withLogin())),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "{registry} knows user \"{user}\" and does not serve {path}{said}: either it does not"
                                    + " exist, or that account lacks artifactregistry.repositories.downloadArtifacts,"
                                    + " Google gives one answer for both; check project and repository, then grant"
                                    + " roles/artifactregistry.reader"),
                    rule(
                            atToken(401, 403).and(withLogin()),
                            Verdict.REJECTED,
                            "{registry} refused user \"{user}\"{said}: with _json_key the password is the whole"
                                    + " JSON key file, with oauth2accesstoken a token that expires after 1 hour; renew it"
                                    + " and write it into the Secret under {key}")));

    static final Dialect ACR = new Dialect(
            "ACR",
            host("[a-z0-9-]+\\.azurecr\\.(io|cn|us)"),
            List.of(
                    rule(
                            says("client with ip|is not allowed access|firewall"),
                            Verdict.UNKNOWN,
                            "{registry} refuses this machine's address{said}, which shows nothing of the nodes: allow it"
                                    + " in the registry's networking, and the nodes' addresses as well; the credentials"
                                    + " were not the reason"),
                    rule(
                            atToken(400, 401, 403).and(withLogin()),
                            Verdict.REJECTED,
                            "{registry} refused user \"{user}\"{said}: use a service principal, a repository-scoped"
                                    + " token or the admin user, whose password has not expired; identity tokens of"
                                    + " az acr login do not work for the kubelet; write it into the Secret under"
                                    + " {key}"),
                    rule(
                            atManifest(401).and(withLogin()).and(withToken()),
                            Verdict.MISSING_OR_NO_RIGHT,
                            "{registry} knows user \"{user}\" and does not serve {path}{said}: either it does not"
                                    + " exist, or that user lacks AcrPull; check the spelling, then the role"
                                    + " assignment")));

    static final List<Dialect> ALL = List.of(DOCKER_HUB, GHCR, ECR, GOOGLE, ACR);

    private HostedDialects() {}
}
