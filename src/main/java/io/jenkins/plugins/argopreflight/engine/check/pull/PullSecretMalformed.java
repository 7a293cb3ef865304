package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Listing;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.WriteCredentials;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringError;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import java.util.List;

/** A check for pull secrets that cannot be parsed, which leaves the whole pod without credentials. */
public final class PullSecretMalformed extends PullRule {

    public PullSecretMalformed() {
        super(
                CheckInfo.error(
                                "pull-secret-malformed",
                                "A pull secret cannot be parsed, so the pod gets no credentials at all",
                                Topic.IMAGES)
                        .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES),
                PullCause.Kind.MALFORMED);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        boolean isAuth = cause.pull()
                .keyringError()
                .flatMap(KeyringError::place)
                .filter(location -> location.field().equals("auth"))
                .isPresent();
        return PullFixes.entry(cause, isAuth ? ".auth" : "");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        List<String> usable = causes.stream()
                .flatMap(cause -> cause.pull().secrets().stream())
                .filter(view -> view.error().isEmpty() && !view.matching().isEmpty())
                .map(view -> "\"" + view.name() + "\"")
                .distinct()
                .toList();
        String otherSecrets = usable.isEmpty() ? "" : ", not even Secret " + Listing.of(usable) + ", which would work";
        return Finding.fail(
                        info(),
                        subject,
                        first.pull().error() + ". The kubelet then uses none of the pod's pull secrets" + otherSecrets
                                + "." + PodWithoutImage.consequence(causes))
                .title("Pull secret %s cannot be parsed", first.secret())
                .fix(RunCommands.of(PullFixes.content(first)
                                .pipe(Command.of("jq", PullFixes.isOldFormat(first) ? "keys" : ".auths | keys")))
                        .because("show its keys (no password is shown)"))
                .fix(rewrite(first))
                .fix(PullFixes.removeFromList(first));
    }

    /**
     * Returns the fix that writes the entry again and keeps the others; the whole Secret is written if nothing in it
     * can be parsed.
     */
    private static List<WriteCredentials> rewrite(PullCause cause) {
        String namespace = cause.pull().namespace();
        if (cause.key().isEmpty()) {
            return List.of(WriteCredentials.create(cause.secret(), namespace, "")
                    .after(PullFixes.delete(namespace, cause.secret()))
                    .because("create it again"));
        }
        return RegistryKey.isReplaceable(cause.key())
                ? List.of(PullFixes.writeKey(cause, cause.key()).because("write the entry again; its others stay"))
                : List.of();
    }
}
