package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.secret.Password;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One question, may this login pull this image, from the greeting to the registry's last word. It sends a credential
 * only where it is challenged, as container runtimes do.
 */
final class Question {

    private final Registries registries;
    private final ImageReference image;
    private final Optional<Login> login;
    private final Deadline deadline;
    private final List<Reply> seen = new ArrayList<>();
    private int depth;
    private URI base;
    private boolean credentialSent;
    private Optional<Grant> grant = Optional.empty();
    private Optional<String> authorization = Optional.empty();

    Question(Registries registries, ImageReference image, Optional<Login> login, Deadline deadline) {
        this.registries = registries;
        this.image = image;
        this.login = login;
        this.deadline = deadline;
    }

    /** How many answers were waited for, one after the other. */
    int depth() {
        return depth;
    }

    Answer answer() {
        Optional<Instant> expires =
                login.flatMap(l -> TokenContent.expires(l.password().reveal()));
        Redaction redaction = new Redaction(login, grant.flatMap(Grant::token));
        try {
            Reply last = converse();
            redaction = new Redaction(login, grant.flatMap(Grant::token));
            return judge(last, redaction, expires);
        } catch (NoAnswer e) {
            return new Answer(
                    e.verdict(),
                    0,
                    "",
                    redaction.of(e.getMessage()),
                    redaction.of(withRegistry(e.explanation())),
                    expires,
                    credentialSent);
        }
    }

    /** A failure of a token server or of a redirect's target tells who led there. */
    private String withRegistry(String explanation) {
        String host = image.isDockerHub() ? "docker.io" : image.registry();
        return explanation.contains(host) ? explanation : explanation + " " + host + " sent us there.";
    }

    private Reply converse() throws NoAnswer {
        Registries.Greeting greeting = registries.greet(image, deadline);
        depth = 1;
        base = greeting.base();
        seen.add(greeting.reply());
        Optional<Challenge> challenge = challenge(greeting.reply());
        boolean own = greeting.image().repository().equals(image.repository());
        Reply reply = greeting.reply();
        if (!own && !useful(challenge, greeting.image())) {
            reply = head(Optional.empty());
            challenge = challenge(reply);
            own = true;
        } else if (own && !greeting.image().version().equals(image.version()) && challenge.isEmpty()) {
            reply = head(Optional.empty());
            challenge = challenge(reply);
        }
        Optional<Challenge> used = Optional.empty();
        for (int round = 0; round < 3 && isNew(challenge, used); round++) {
            used = challenge;
            Optional<String> header = authorize(challenge.get(), own);
            if (header.isEmpty() && own) {
                break;
            }
            reply = head(header);
            challenge = challenge(reply);
            if (header.isEmpty()) {
                own = true;
                forgetRefusalUnlessAsked(challenge);
            }
        }
        return tokenRefused() ? grant.get().reply() : lastWord(reply);
    }

    /** Whether another image's challenge can be ours: a Bearer one for its scope, or Basic when we have a login. */
    private boolean useful(Optional<Challenge> challenge, ImageReference other) {
        return challenge
                .filter(c -> c.isBasic()
                        ? login.isPresent()
                        : c.get("scope").isEmpty() || c.get("scope").equals(scope(other)))
                .isPresent();
    }

    private static boolean isNew(Optional<Challenge> challenge, Optional<Challenge> used) {
        return challenge.isPresent() && (used.isEmpty() || !used.get().asksAs(challenge.get()));
    }

    private Optional<String> authorize(Challenge challenge, boolean own) throws NoAnswer {
        grant = Optional.empty();
        if (challenge.isBasic()) {
            credentialSent = login.isPresent();
            return login.map(Request::basic);
        }
        String asked = challenge.get("scope");
        String scope = own && !asked.isEmpty() ? asked : scope(image);
        Grant granted = registries.token(base.getHost(), challenge, scope, login, depth, deadline);
        depth = Math.max(depth, granted.depth());
        seen.add(granted.reply());
        grant = Optional.of(granted);
        credentialSent = login.isPresent();
        return granted.token().map(token -> "Bearer " + token.reveal());
    }

    /** A token was refused on another image's challenge; this image is served without any. */
    private void forgetRefusalUnlessAsked(Optional<Challenge> challenge) {
        if (challenge.isEmpty()) {
            grant = Optional.empty();
            credentialSent = false;
        }
    }

    private boolean tokenRefused() {
        return grant.isPresent() && grant.get().token().isEmpty();
    }

    private Reply head(Optional<String> header) throws NoAnswer {
        authorization = header;
        depth++;
        Reply reply = registries.manifests().ask("HEAD", base, image, header, deadline);
        seen.add(reply);
        return reply;
    }

    /** A HEAD has no body: reads why by one GET, unless the registry is counting. */
    private Reply lastWord(Reply head) {
        if (head.ok() || head.status() == 429) {
            return head;
        }
        try {
            depth++;
            Reply get = registries.manifests().ask("GET", base, image, authorization, deadline);
            return get.status() == head.status() || get.ok() || head.status() == 405 ? get : head;
        } catch (NoAnswer e) {
            return head;
        }
    }

    private Optional<Challenge> challenge(Reply reply) {
        if (reply.status() != 401) {
            return Optional.empty();
        }
        List<Challenge> all = reply.challenges();
        return all.stream()
                .filter(Challenge::isBearer)
                .findFirst()
                .or(() -> all.stream().filter(Challenge::isBasic).findFirst());
    }

    private Answer judge(Reply last, Redaction redaction, Optional<Instant> expires) {
        RegistryError error = last.ok() ? new RegistryError("", "") : RegistryError.of(last);
        error = new RegistryError(redaction.of(error.code()), redaction.of(error.message()));
        Optional<Password> token = grant.flatMap(Grant::token);
        String challengeError = token.isEmpty()
                ? ""
                : last.challenges().stream()
                        .map(c -> c.get("error"))
                        .filter(e -> !e.isEmpty())
                        .findFirst()
                        .orElse("");
        Signals signals = new Signals(
                tokenRefused(),
                credentialSent,
                token.isPresent(),
                last.status(),
                error,
                challengeError,
                token.flatMap(t -> TokenContent.grantsPull(t.reveal(), image.path())),
                last.header("Content-Type"));
        seen.add(last);
        Rule rule = Dialects.decide(Dialects.of(base.getHost(), seen), signals);
        String code = Manifests.isSchema1(last) && last.ok() ? "SCHEMA1" : error.code();
        Optional<String> loginServer = grant.map(g -> redaction.of(g.realm().getRawAuthority()));
        String sentence =
                new Sentence(image, login).fill(rule.sentence(), last.status(), error.message(), loginServer, expires);
        return new Answer(rule.verdict(), last.status(), code, error.message(), sentence, expires, credentialSent);
    }

    private static String scope(ImageReference image) {
        return "repository:" + image.path() + ":pull";
    }
}
