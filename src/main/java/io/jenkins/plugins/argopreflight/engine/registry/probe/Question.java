package io.jenkins.plugins.argopreflight.engine.registry.probe;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryName;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.dialect.Dialects;
import io.jenkins.plugins.argopreflight.engine.registry.dialect.RegistryError;
import io.jenkins.plugins.argopreflight.engine.registry.dialect.Rule;
import io.jenkins.plugins.argopreflight.engine.registry.dialect.Signals;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Conversation;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.ManifestEndpoint;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.NoAnswer;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryReply;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.TokenContent;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.TokenGrant;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.time.Instant;
import java.util.Optional;

/** The question whether a login can pull an image, and the meaning of the answer. */
public final class Question {

    private static final String CONTENT_MISSING =
            "{registry} serves the manifest of {image} and does not have what it lists{said}: push the image again, and"
                    + " check whether the registry's garbage collection removes what is in use";

    private static final String CONTENT_DENIED =
            "{registry} serves the manifest of {image} {identity} and refuses what it lists{said}: the right to pull"
                    + " {path} must include its blobs";

    private final Conversation conversation;
    private final ImageReference image;
    private final Optional<Instant> expires;

    /**
     * Creates a question.
     *
     * @param expires the time when the login expires, if it is known
     */
    public Question(Conversation conversation, Optional<Instant> expires) {
        this.conversation = conversation;
        this.image = conversation.image;
        this.expires = expires;
    }

    public Answer answer() {
        try {
            RegistryReply reply = conversation.askForManifest(
                    (access, deadline) -> ManifestEndpoint.ask("HEAD", access, image, deadline));
            return interpret(conversation.isTokenRefused() ? reply : withReason(reply));
        } catch (NoAnswer e) {
            return noAnswer(e);
        }
    }

    /** Returns the answer to a question to which the registry sent no reply. */
    Answer noAnswer(NoAnswer e) {
        return new Answer(
                e.verdict(),
                /* status= */ 0,
                /* code= */ "",
                redaction().redact(e.getMessage()),
                explanation(e),
                expires,
                conversation.credentialSent(),
                /* digest= */ "",
                e.failure(),
                /* contentRefused= */ false);
    }

    /**
     * Returns the reason why there was no answer. If a token server or the target of a redirect failed, the reason
     * includes the registry that named this server, unless the server's name contains the registry's, such as
     * {@code auth.docker.io}.
     */
    String explanation(NoAnswer e) {
        String registry = image.isDockerHub() ? "docker.io" : image.registry();
        boolean isOther = !e.server().contains(registry);
        return redaction().redact(e.explanation() + (isOther ? " " + registry + " sent us there." : ""));
    }

    /**
     * Returns the answer to a GET in place of the answer to a HEAD, which has no body and so no reason. The GET is not
     * sent if the registry limits the rate of requests.
     */
    RegistryReply withReason(RegistryReply head) {
        if (head.ok() || head.status() == 429) {
            return head;
        }
        try {
            RegistryReply get =
                    conversation.again((access, deadline) -> ManifestEndpoint.ask("GET", access, image, deadline));
            return get.status() == head.status() || get.ok() || head.status() == 405 ? get : head;
        } catch (NoAnswer e) {
            return head;
        }
    }

    /** Returns the meaning of the last answer, by the rules for this kind of registry. */
    Answer interpret(RegistryReply last) {
        RegistryError error = error(last);
        Optional<Password> token = conversation.grant().flatMap(TokenGrant::token);
        String challengeError = token.isEmpty()
                ? ""
                : last.challenges().stream()
                        .map(c -> c.get("error"))
                        .filter(e -> !e.isEmpty())
                        .findFirst()
                        .orElse("");
        Signals signals = new Signals(
                conversation.isTokenRefused(),
                conversation.credentialSent(),
                token.isPresent(),
                last.status(),
                error,
                challengeError,
                token.flatMap(t -> TokenContent.grantsPull(t.reveal(), image.path())),
                last.header("Content-Type"));
        conversation.replies().add(last);
        Rule rule = Dialects.decide(Dialects.of(conversation.host(), conversation.replies()), signals);
        String code = ManifestEndpoint.isSchema1(last) && last.ok() ? "SCHEMA1" : error.code();
        return new Answer(
                rule.verdict(),
                last.status(),
                code,
                error.message(),
                sentence(rule.sentence(), last, error),
                expires,
                conversation.credentialSent(),
                last.ok() ? last.header("Docker-Content-Digest") : "",
                Optional.empty(),
                /* contentRefused= */ false);
    }

    /**
     * Returns the meaning for a pull if the registry refuses content that the manifest lists. Empty if the answer does
     * not show this, because it comes from another host or port, or because the request had no valid authorization.
     */
    public Optional<Answer> refusal(RegistryReply last) {
        Answer interpreted = interpret(last);
        boolean isMissing = last.status() == 404 && interpreted.verdict() == Verdict.NOT_FOUND;
        // Runtimes get another token if their token has expired since.
        boolean isTokenExpired =
                last.challenges().stream().anyMatch(c -> c.get("error").equals("invalid_token"));
        boolean isIdentified =
                conversation.credentialSent() || conversation.grant().isPresent();
        boolean isDenied = last.status() == 403 || last.status() == 401 && isIdentified && !isTokenExpired;
        boolean isSameServer = RegistryName.host(last.url()).equals(conversation.host())
                && RegistryName.origin(last.url()).equals(RegistryName.origin(conversation.url()));
        if (!isSameServer || !isMissing && !(isDenied && interpreted.verdict().isRefusal())) {
            return Optional.empty();
        }
        Verdict refused = conversation.credentialSent() ? Verdict.NO_RIGHT : Verdict.MISSING_OR_NO_RIGHT;
        return Optional.of(new Answer(
                isMissing ? Verdict.NOT_FOUND : refused,
                last.status(),
                interpreted.code(),
                interpreted.message(),
                sentence(isMissing ? CONTENT_MISSING : CONTENT_DENIED, last, error(last)),
                expires,
                conversation.credentialSent(),
                /* digest= */ "",
                Optional.empty(),
                /* contentRefused= */ true));
    }

    private RegistryError error(RegistryReply last) {
        Redaction redaction = redaction();
        RegistryError said = last.ok() ? RegistryError.NONE : RegistryError.of(last, conversation.isTokenRefused());
        return new RegistryError(redaction.redact(said.code()), redaction.redact(said.message()), said.text());
    }

    private String sentence(String template, RegistryReply last, RegistryError error) {
        Optional<String> loginServer =
                conversation.grant().map(g -> redaction().redact(g.realm().getRawAuthority()));
        return new SentenceValues(image, conversation.login)
                        .fill(template, last.status(), error.message(), loginServer, expires)
                + proxyNote();
    }

    /** Returns a note about the proxy, which resolves the name of the registry by itself; "" without a proxy. */
    private String proxyNote() {
        return conversation.replies().stream()
                .map(RegistryReply::proxy)
                .filter(proxy -> !proxy.isEmpty())
                .findFirst()
                .map(proxy -> " It was asked through the proxy " + proxy + ", which resolves the name.")
                .orElse("");
    }

    private Redaction redaction() {
        return new Redaction(conversation.login, conversation.grant().flatMap(TokenGrant::token));
    }
}
