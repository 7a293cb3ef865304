package io.jenkins.plugins.argopreflight.engine.registry.probe;

import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.Conversation;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.ManifestEndpoint;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.NoAnswer;
import io.jenkins.plugins.argopreflight.engine.registry.protocol.RegistryReply;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The question whether Argo's controller can look an image up that a container runtime can pull. A look-up reads the
 * image's manifest and configuration, to find the command. The controller uses the library go-containerregistry, which
 * requests {@code /v2/} first and continues only after HTTP 200 or 401. The library then sends the credential with the
 * first request for the image. A runtime sends the credential only if the registry answers 401. Source:
 * go-containerregistry pkg/v1/remote/transport (ping.go, transport.go, basic.go).
 */
public final class LookUpQuestion {

    /** The hosts that go-containerregistry also tries by plain http: Scheme in its pkg/name/registry.go. */
    private static final Pattern PLAIN_HTTP = Pattern.compile("(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.).*"
            + "|localhost:.*|.*\\.local(host)?(:\\d{1,5})?|.*127\\.0\\.0\\.1.*|.*::1.*");

    private final Conversation conversation;
    private final RegistrySettings settings;
    private final String registry;

    LookUpQuestion(Conversation conversation, RegistrySettings settings) {
        this.conversation = conversation;
        this.settings = settings;
        this.registry = conversation.image.registry();
    }

    /**
     * Returns the answer for the controller.
     *
     * @param pulled the registry's answer to a runtime with the same login; the runtime can pull the image
     */
    Answer answer(Answer pulled) {
        // An answer to the controller means the same as an answer to a runtime that pulls.
        Question pullQuestion = new Question(conversation, pulled.credentialExpires());
        try {
            RegistryReply base = conversation.requestBase();
            if ("http".equals(conversation.url().getScheme()) && !mayAskByPlainHttp(registry)) {
                String why = registry + " was asked by plain http, and the controller asks it by https only: give the"
                        + " registry a certificate.";
                return withoutCredential(Verdict.TLS, 0, "plain http", why);
            }
            if ("https".equals(conversation.url().getScheme()) && settings.isInsecure(conversation.url())) {
                // Only /v2/ was requested, and not the image.
                return Answer.unasked(
                        "certificate not verified",
                        "The certificate of " + registry + " was not verified here, and the controller verifies it.");
            }
            if (base.status() != 200 && base.status() != 401) {
                String why = registry + " answers /v2/ with HTTP " + base.status()
                        + ", and the controller goes on after 200 and 401 only.";
                return withoutCredential(Verdict.UNKNOWN, base.status(), "answer to /v2/", why);
            }
            return conversation.login.isEmpty() || pulled.credentialSent()
                    ? pulled
                    : pullQuestion.interpret(manifestWithCredential(base));
        } catch (NoAnswer e) {
            return pullQuestion.noAnswer(e);
        }
    }

    /** Returns an answer for which the credential was not sent. */
    private static Answer withoutCredential(Verdict verdict, int status, String message, String explanation) {
        boolean credentialSent = false;
        return new Answer(verdict, status, "", message, explanation, Optional.empty(), credentialSent);
    }

    /** Requests the manifest and sends the credential with this first request. */
    private RegistryReply manifestWithCredential(RegistryReply base) throws NoAnswer {
        return conversation.askWithCredential(
                (access, deadline) -> ManifestEndpoint.ask("GET", access, conversation.image, deadline), base);
    }

    /** Returns whether go-containerregistry falls back to plain http for a registry. */
    public static boolean mayAskByPlainHttp(String registry) {
        return PLAIN_HTTP.matcher(registry).matches();
    }
}
