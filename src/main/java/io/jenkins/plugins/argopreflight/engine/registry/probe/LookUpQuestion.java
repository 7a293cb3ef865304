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
 * The question whether Argo's controller reads an image that a container runtime could pull. Its go-containerregistry
 * requests {@code /v2/} first, continues after 200 and 401 only, and then sends its credential at once, even if a
 * runtime is not challenged. Source: go-containerregistry pkg/v1/remote/transport (ping.go, transport.go, basic.go).
 */
public final class LookUpQuestion {

    /** The hosts that go-containerregistry also tries by plain http: Scheme in its pkg/name/registry.go. */
    private static final Pattern PLAIN_HTTP = Pattern.compile("(10\\.|192\\.168\\.|172\\.(1[6-9]|2\\d|3[01])\\.).*"
            + "|localhost:.*|.*\\.local(host)?(:\\d{1,5})?|.*127\\.0\\.0\\.1.*|.*::1.*");

    private final Conversation talk;
    private final RegistrySettings settings;
    private final String registry;

    LookUpQuestion(Conversation talk, RegistrySettings settings) {
        this.talk = talk;
        this.settings = settings;
        this.registry = talk.image.registry();
    }

    /**
     * Returns the answer for the controller.
     *
     * @param pulled the registry's answer to a runtime with the same login, which can pull
     */
    Answer answer(Answer pulled) {
        Question question = new Question(talk, pulled.credentialExpires());
        try {
            RegistryReply base = talk.base();
            if ("http".equals(talk.url().getScheme()) && !mayAskByPlainHttp(registry)) {
                String why = registry + " was asked by plain http, and the controller asks it by https only: give the"
                        + " registry a certificate.";
                return new Answer(Verdict.TLS, 0, "", "plain http", why, Optional.empty(), false);
            }
            if ("https".equals(talk.url().getScheme()) && settings.isInsecure(talk.url())) {
                return Answer.unasked(
                        "certificate not verified",
                        "The certificate of " + registry + " was not verified here, and the controller verifies it.");
            }
            if (base.status() != 200 && base.status() != 401) {
                String why = registry + " answers /v2/ with HTTP " + base.status()
                        + ", and the controller goes on after 200 and 401 only.";
                return new Answer(Verdict.UNKNOWN, base.status(), "", "answer to /v2/", why, Optional.empty(), false);
            }
            return talk.login.isEmpty() || pulled.credentialSent() ? pulled : question.judge(show(base));
        } catch (NoAnswer e) {
            return question.noAnswer(e);
        }
    }

    private RegistryReply show(RegistryReply base) throws NoAnswer {
        return talk.show((access, deadline) -> ManifestEndpoint.ask("GET", access, talk.image, deadline), base);
    }

    /** Returns whether go-containerregistry falls back to plain http for a registry. */
    public static boolean mayAskByPlainHttp(String registry) {
        return PLAIN_HTTP.matcher(registry).matches();
    }
}
