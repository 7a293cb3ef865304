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
                    + " check whether the registry's garbage collection removes what is in use.";

    private static final String CONTENT_DENIED =
            "{registry} serves the manifest of {image} {identity} and refuses what it lists{said}: the right to pull"
                    + " {path} must include its blobs.";

    private final Conversation talk;
    private final ImageReference image;
    private final Optional<Instant> expires;

    /**
     * Creates a question.
     *
     * @param expires the time when the login expires, if it is known
     */
    public Question(Conversation talk, Optional<Instant> expires) {
        this.talk = talk;
        this.image = talk.image;
        this.expires = expires;
    }

    public Answer answer() {
        try {
            RegistryReply reply =
                    talk.ask((access, deadline) -> ManifestEndpoint.ask("HEAD", access, image, deadline), true);
            return judge(talk.isTokenRefused() ? reply : withReason(reply));
        } catch (NoAnswer e) {
            return noAnswer(e);
        }
    }

    Answer noAnswer(NoAnswer e) {
        return new Answer(
                e.verdict(),
                0,
                "",
                redaction().of(e.getMessage()),
                words(e),
                expires,
                talk.credentialSent(),
                "",
                e.failure(),
                false);
    }

    /**
     * Returns the reason why there was no answer. A failure of a token server or of a redirect's target includes the
     * registry that led there.
     */
    String words(NoAnswer e) {
        String host = image.isDockerHub() ? "docker.io" : image.registry();
        String explanation = e.explanation();
        return redaction().of(explanation.contains(host) ? explanation : explanation + " " + host + " sent us there.");
    }

    /**
     * Returns the answer to a GET in place of that to a HEAD, which has no body and so no reason. It is not sent if the
     * registry limits the rate of requests.
     */
    RegistryReply withReason(RegistryReply head) {
        if (head.ok() || head.status() == 429) {
            return head;
        }
        try {
            RegistryReply get = talk.again((access, deadline) -> ManifestEndpoint.ask("GET", access, image, deadline));
            return get.status() == head.status() || get.ok() || head.status() == 405 ? get : head;
        } catch (NoAnswer e) {
            return head;
        }
    }

    /** Returns the meaning of the last answer, by the rules of that kind of registry. */
    Answer judge(RegistryReply last) {
        RegistryError error = error(last);
        Optional<Password> token = talk.grant().flatMap(TokenGrant::token);
        String challengeError = token.isEmpty()
                ? ""
                : last.challenges().stream()
                        .map(c -> c.get("error"))
                        .filter(e -> !e.isEmpty())
                        .findFirst()
                        .orElse("");
        Signals signals = new Signals(
                talk.isTokenRefused(),
                talk.credentialSent(),
                token.isPresent(),
                last.status(),
                error,
                challengeError,
                token.flatMap(t -> TokenContent.grantsPull(t.reveal(), image.path())),
                last.header("Content-Type"));
        talk.seen().add(last);
        Rule rule = Dialects.decide(Dialects.of(talk.host(), talk.seen()), signals);
        String code = ManifestEndpoint.isSchema1(last) && last.ok() ? "SCHEMA1" : error.code();
        return new Answer(
                rule.verdict(),
                last.status(),
                code,
                error.message(),
                sentence(rule.sentence(), last, error),
                expires,
                talk.credentialSent(),
                last.ok() ? last.header("Docker-Content-Digest") : "",
                Optional.empty(),
                false);
    }

    /**
     * Returns the meaning for a pull if content that the manifest lists is refused. Empty if this does not show: for
     * the answer of another host or port to which the registry redirects, or to a request without what it requires.
     */
    public Optional<Answer> refusal(RegistryReply last) {
        Answer judged = judge(last);
        boolean missing = last.status() == 404 && judged.verdict() == Verdict.NOT_FOUND;
        // Runtimes get another token if theirs has expired meanwhile.
        boolean over = last.challenges().stream().anyMatch(c -> c.get("error").equals("invalid_token"));
        boolean identified = talk.credentialSent() || talk.grant().isPresent();
        boolean denied = last.status() == 403 || last.status() == 401 && identified && !over;
        boolean own = RegistryName.host(last.url()).equals(talk.host())
                && RegistryName.origin(last.url()).equals(RegistryName.origin(talk.url()));
        if (!own || !missing && !(denied && judged.verdict().isRefusal())) {
            return Optional.empty();
        }
        Verdict refused = talk.credentialSent() ? Verdict.NO_RIGHT : Verdict.MISSING_OR_NO_RIGHT;
        return Optional.of(new Answer(
                missing ? Verdict.NOT_FOUND : refused,
                last.status(),
                judged.code(),
                judged.message(),
                sentence(missing ? CONTENT_MISSING : CONTENT_DENIED, last, error(last)),
                expires,
                talk.credentialSent(),
                "",
                Optional.empty(),
                true));
    }

    private RegistryError error(RegistryReply last) {
        Redaction redaction = redaction();
        RegistryError said = last.ok() ? RegistryError.NONE : RegistryError.of(last, talk.isTokenRefused());
        return new RegistryError(redaction.of(said.code()), redaction.of(said.message()), said.text());
    }

    private String sentence(String template, RegistryReply last, RegistryError error) {
        Optional<String> loginServer =
                talk.grant().map(g -> redaction().of(g.realm().getRawAuthority()));
        return new SentenceValues(image, talk.login)
                        .fill(template, last.status(), error.message(), loginServer, expires)
                + proxyNote();
    }

    /** Returns a note about the proxy: it chooses the address that it connects to; only the name was checked here. */
    private String proxyNote() {
        return talk.seen().stream()
                .map(RegistryReply::proxy)
                .filter(proxy -> !proxy.isEmpty())
                .findFirst()
                .map(proxy -> " It was asked through the proxy " + proxy + ", which resolves the name.")
                .orElse("");
    }

    private Redaction redaction() {
        return new Redaction(talk.login, talk.grant().flatMap(TokenGrant::token));
    }
}
