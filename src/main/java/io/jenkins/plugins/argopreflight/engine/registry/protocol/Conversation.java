package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.RegistryName;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with a registry, from its greeting to an endpoint's answer. It sends a credential only where it is
 * challenged, as container runtimes do.
 */
public final class Conversation {

    /** Something that a registry answers. */
    public interface Endpoint {
        RegistryReply ask(RegistryAccess access, Deadline deadline) throws NoAnswer;
    }

    public final ImageReference image;
    public final Optional<Login> login;
    private final Registries registries;
    private final Deadline deadline;
    private final List<RegistryReply> seen = new ArrayList<>();
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

    /** Goes on where another conversation of the same login about the same repository ended. */
    public Conversation after(Conversation earlier) {
        depth = earlier.depth;
        access = earlier.access;
        credentialSent = earlier.credentialSent;
        grant = earlier.grant;
        seen.addAll(earlier.seen);
        return this;
    }

    /** How many answers were waited for, one after the other. */
    public int depth() {
        return depth;
    }

    public List<RegistryReply> seen() {
        return seen;
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
     * Asks an endpoint, and answers its challenges.
     *
     * @param greets whether the registry's greeting, the HEAD of a manifest without a credential, asks the same
     * @return the last answer; the token server's when it refused
     */
    public RegistryReply ask(Endpoint endpoint, boolean greets) throws NoAnswer {
        if (access != null) {
            return again(endpoint);
        }
        Registries.Greeting greeting = registries.greet(image, deadline);
        depth = 1;
        access = greeting.access();
        seen.add(greeting.reply());
        RegistryReply reply = greeting.reply();
        Optional<Challenge> challenge = challenge(reply);
        boolean own = greeting.image().repository().equals(image.repository());
        boolean asked = own && greets && greeting.image().version().equals(image.version());
        if (!own && !useful(challenge, greeting.image()) || own && !asked && challenge.isEmpty()) {
            reply = ask(endpoint, Optional.empty());
            challenge = challenge(reply);
            own = true;
        }
        Optional<Challenge> used = Optional.empty();
        for (int round = 0; round < 3 && isNew(challenge, used); round++) {
            used = challenge;
            Optional<String> header = authorize(challenge.get(), own);
            if (header.isEmpty() && own) {
                break;
            }
            reply = ask(endpoint, header);
            challenge = challenge(reply);
            if (header.isEmpty()) {
                own = true;
                forgetRefusalUnlessAsked(challenge);
            }
        }
        return isTokenRefused() ? grant.get().reply() : reply;
    }

    /** Asks for {@code /v2/} without a credential, as some clients do first. */
    public RegistryReply base() throws NoAnswer {
        access = registries.greet(image, deadline).access();
        RegistryReply reply = registries.base(image, deadline);
        depth++;
        seen.add(reply);
        return reply;
    }

    /**
     * Asks an endpoint with the credential at once, as such clients do: as the answer to {@code /v2/} asks for it, and
     * by Basic where it does not ask.
     *
     * @return the last answer; the token server's when it refused
     */
    public RegistryReply show(Endpoint endpoint, RegistryReply base) throws NoAnswer {
        grant = Optional.empty();
        Optional<Challenge> bearer = challenge(base).filter(Challenge::isBearer);
        Optional<String> header = bearer.isPresent() ? authorize(bearer.get(), false) : login.map(Request::basic);
        credentialSent = login.isPresent();
        return isTokenRefused() ? grant.get().reply() : ask(endpoint, header);
    }

    /** Asks an endpoint with the authorization that is there. */
    public RegistryReply again(Endpoint endpoint) throws NoAnswer {
        depth++;
        RegistryReply reply = endpoint.ask(access(), deadline);
        seen.add(reply);
        return reply;
    }

    private RegistryReply ask(Endpoint endpoint, Optional<String> header) throws NoAnswer {
        access = access().with(header);
        return again(endpoint);
    }

    /** Whether another image's challenge can be ours: a Bearer one for its scope. This one can be open to all. */
    private static boolean useful(Optional<Challenge> challenge, ImageReference other) {
        return challenge
                .filter(Challenge::isBearer)
                .filter(c -> c.get("scope").isEmpty() || c.get("scope").equals(scope(other)))
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
        TokenGrant granted = registries.token(host(), challenge, scope, login, depth, deadline);
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
