package io.jenkins.plugins.argopreflight.engine.registry.probe;

import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
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
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.time.Instant;
import java.util.Optional;

/** One question, can this login pull this image, and what the answer means. */
public final class Question {

    private final Conversation talk;
    private final ImageReference image;
    private final Optional<Instant> expires;

    /** @param expires when the login ends, where that can be reported */
    public Question(Conversation talk, Optional<Instant> expires) {
        this.talk = talk;
        this.image = talk.image;
        this.expires = expires;
    }

    public Answer answer() {
        try {
            RegistryReply reply =
                    talk.ask((access, deadline) -> ManifestEndpoint.ask("HEAD", access, image, deadline), true);
            return judge(talk.isTokenRefused() ? reply : lastWord(reply));
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
                e.failure());
    }

    /** Why there was no answer; a failure of a token server or of a redirect's target shows who led there. */
    String words(NoAnswer e) {
        String host = image.isDockerHub() ? "docker.io" : image.registry();
        String explanation = e.explanation();
        return redaction().of(explanation.contains(host) ? explanation : explanation + " " + host + " sent us there.");
    }

    /** A HEAD has no body: reads why by one GET, unless the registry is counting. */
    RegistryReply lastWord(RegistryReply head) {
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

    /** What the last answer means, by the rules of that kind of registry. */
    Answer judge(RegistryReply last) {
        Redaction redaction = redaction();
        RegistryError said = last.ok() ? RegistryError.NONE : RegistryError.of(last, talk.isTokenRefused());
        RegistryError error = new RegistryError(redaction.of(said.code()), redaction.of(said.message()), said.text());
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
        Optional<String> loginServer =
                talk.grant().map(g -> redaction.of(g.realm().getRawAuthority()));
        String sentence = new Sentence(image, talk.login)
                .fill(rule.sentence(), last.status(), error.message(), loginServer, expires);
        String explained = sentence + proxyNote();
        return new Answer(
                rule.verdict(),
                last.status(),
                code,
                error.message(),
                explained,
                expires,
                talk.credentialSent(),
                last.ok() ? last.header("Docker-Content-Digest") : "",
                Optional.empty());
    }

    /** The address that a proxy connects to is its choice; only the name was checked here. */
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
