package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A conversation with a registry, from its greeting to an endpoint's answer. It sends a credential only after a
 * challenge, as container runtimes do.
 */
public final class Conversation {

    /** The number of challenges that one request answers. */
    private static final int MAX_ROUNDS = 3;

    /** A resource of a registry that answers requests. */
    public interface Endpoint {
        RegistryReply ask(RegistryAccess access, Deadline deadline) throws NoAnswer;
    }

    public final ImageReference image;
    public final Optional<Login> login;
    private final Registries registries;
    private final Deadline deadline;
    private final List<RegistryReply> replies = new ArrayList<>();
    private int depth;
    private @Nullable RegistryAccess access;
    private boolean credentialSent;
    private Optional<TokenGrant> grant = Optional.empty();

    public Conversation(Registries registries, ImageReference image, Optional<Login> login, Deadline deadline) {
        this.registries = registries;
        this.image = image;
        this.login = login;
        this.deadline = deadline;
    }

    /** Continues another conversation of the same login about the same repository. */
    public Conversation continueFrom(Conversation earlier) {
        depth = earlier.depth;
        access = earlier.access;
        credentialSent = earlier.credentialSent;
        grant = earlier.grant;
        replies.addAll(earlier.replies);
        return this;
    }

    /** The number of answers for which the conversation waited, one after the other. */
    public int depth() {
        return depth;
    }

    public List<RegistryReply> replies() {
        return replies;
    }

    public Optional<TokenGrant> grant() {
        return grant;
    }

    public boolean credentialSent() {
        return credentialSent;
    }

    /** The registry's address. */
    public URI url() {
        return access().base();
    }

    public String host() {
        return RegistryName.host(access().base());
    }

    private RegistryAccess access() {
        return Objects.requireNonNull(access);
    }

    public boolean isTokenRefused() {
        return grant.isPresent() && grant.get().token().isEmpty();
    }

    /**
     * Sends a request to an endpoint, and answers its challenges.
     *
     * @return the last answer; the token server's if it refused
     */
    public RegistryReply ask(Endpoint endpoint) throws NoAnswer {
        return ask(endpoint, /* greets= */ false);
    }

    /**
     * Sends the HEAD of a manifest, and answers the challenges. The registry's greeting can be the same request, which is
     * not sent again.
     *
     * @return the last answer; the token server's if it refused
     */
    public RegistryReply askForManifest(Endpoint endpoint) throws NoAnswer {
        return ask(endpoint, /* greets= */ true);
    }

    private RegistryReply ask(Endpoint endpoint, boolean greets) throws NoAnswer {
        if (access != null) {
            return again(endpoint);
        }
        Registries.Greeting greeting = registries.greet(image, deadline);
        depth = 1;
        access = greeting.access();
        replies.add(greeting.reply());
        RegistryReply reply = greeting.reply();
        Optional<Challenge> challenge = challenge(reply);
        // The greeting can be about another image of the registry.
        boolean isOwnImage = greeting.image().repository().equals(image.repository());
        boolean isAnswered = isOwnImage && greets && greeting.image().version().equals(image.version());
        if (!isOwnImage && !isUsable(challenge, greeting.image()) || isOwnImage && !isAnswered && challenge.isEmpty()) {
            reply = ask(endpoint, Optional.empty());
            challenge = challenge(reply);
            isOwnImage = true;
        }
        Optional<Challenge> used = Optional.empty();
        for (int round = 0; round < MAX_ROUNDS && isNew(challenge, used); round++) {
            used = challenge;
            Optional<String> header = authorize(challenge.get(), isOwnImage);
            if (header.isEmpty() && isOwnImage) {
                break;
            }
            reply = ask(endpoint, header);
            challenge = challenge(reply);
            if (header.isEmpty()) {
                isOwnImage = true;
                forgetRefusalIfServed(challenge);
            }
        }
        return isTokenRefused() ? grant.get().reply() : reply;
    }

    /** Requests {@code /v2/} without a credential, as some clients do first. */
    public RegistryReply requestBase() throws NoAnswer {
        access = registries.greet(image, deadline).access();
        RegistryReply reply = registries.base(image, deadline);
        depth++;
        replies.add(reply);
        return reply;
    }

    /**
     * Sends a request to an endpoint with the credential, before the endpoint asks for it: by Bearer if the answer to
     * {@code /v2/} has this challenge, or else by Basic.
     *
     * @param base the answer to {@code /v2/}
     * @return the last answer; the token server's if it refused
     */
    public RegistryReply askWithCredential(Endpoint endpoint, RegistryReply base) throws NoAnswer {
        grant = Optional.empty();
        Optional<Challenge> bearer = challenge(base).filter(Challenge::isBearer);
        Optional<String> header =
                bearer.isPresent() ? authorize(bearer.get(), /* isOwnImage= */ false) : login.map(Request::basic);
        credentialSent = login.isPresent();
        return isTokenRefused() ? grant.get().reply() : ask(endpoint, header);
    }

    /** Sends a request to an endpoint with the present authorization. */
    public RegistryReply again(Endpoint endpoint) throws NoAnswer {
        depth++;
        RegistryReply reply = endpoint.ask(access(), deadline);
        replies.add(reply);
        return reply;
    }

    private RegistryReply ask(Endpoint endpoint, Optional<String> header) throws NoAnswer {
        access = access().withAuthorization(header);
        return again(endpoint);
    }

    /**
     * Returns whether the challenge for another image can be used for this image: a Bearer challenge with the scope of
     * the other image, or without a scope. Any other challenge shows nothing, since this image can be public.
     */
    private static boolean isUsable(Optional<Challenge> challenge, ImageReference other) {
        return challenge
                .filter(Challenge::isBearer)
                .filter(c -> c.get("scope").isEmpty() || c.get("scope").equals(scope(other)))
                .isPresent();
    }

    private static boolean isNew(Optional<Challenge> challenge, Optional<Challenge> used) {
        return challenge.isPresent() && (used.isEmpty() || !used.get().isEquivalentTo(challenge.get()));
    }

    private Optional<String> authorize(Challenge challenge, boolean isOwnImage) throws NoAnswer {
        grant = Optional.empty();
        if (challenge.isBasic()) {
            credentialSent = login.isPresent();
            return login.map(Request::basic);
        }
        String requestedScope = challenge.get("scope");
        String scope = isOwnImage && !requestedScope.isEmpty() ? requestedScope : scope(image);
        TokenGrant granted = registries.token(host(), challenge, scope, login, depth, deadline);
        depth = Math.max(depth, granted.depth());
        replies.add(granted.reply());
        grant = Optional.of(granted);
        credentialSent = login.isPresent();
        return granted.token().map(token -> "Bearer " + token.reveal());
    }

    /** Forgets the refusal of a token for another image's challenge, if this image is served without a challenge. */
    private void forgetRefusalIfServed(Optional<Challenge> challenge) {
        if (challenge.isEmpty()) {
            grant = Optional.empty();
            credentialSent = false;
        }
    }

    private static Optional<Challenge> challenge(RegistryReply reply) {
        if (reply.status() != 401) {
            return Optional.empty();
        }
        List<Challenge> all = reply.challenges();
        return all.stream()
                .filter(Challenge::isBearer)
                .findFirst()
                .or(() -> all.stream().filter(Challenge::isBasic).findFirst());
    }

    private static String scope(ImageReference image) {
        return "repository:" + image.path() + ":pull";
    }
}
