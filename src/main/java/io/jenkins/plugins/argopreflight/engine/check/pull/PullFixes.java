package io.jenkins.plugins.argopreflight.engine.check.pull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.FieldSource;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.location.ControllerPlaces;
import io.jenkins.plugins.argopreflight.engine.check.location.JsonPatch;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.check.location.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.WriteCredentials;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.Attempt;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.OtherSecret;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretView;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.FieldPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The subjects and fixes that several checks of images share. */
public final class PullFixes {

    private static final Set<String> VALUES = Set.of("value", "default");

    private PullFixes() {}

    /** Returns an entry of a Secret, or the Secret's whole content if the cause has no key. */
    public static Subject entry(PullCause cause, String field) {
        boolean isOldFormat = isOldFormat(cause);
        String data = isOldFormat ? ".dockercfg" : ".dockerconfigjson";
        String path = cause.key().isEmpty()
                ? data
                : data + (isOldFormat ? " [\"" : " auths[\"") + cause.key() + "\"]" + field;
        return Subject.of("Secret", cause.pull().namespace(), cause.secret(), path);
    }

    /** Returns whether the Secret has the format without {@code auths}. */
    public static boolean isOldFormat(PullCause cause) {
        return cause.secretView()
                .filter(view -> view.type().equals(PullSecret.DOCKERCFG))
                .isPresent();
    }

    /**
     * Returns the list to which a pull secret can be added: the ServiceAccount's list, or the list of the workflow or
     * of workflowDefaults, if the pod has it instead.
     */
    public static Subject list(Facts facts, PodPull podPull) {
        String namespace = podPull.pull().namespace();
        if (isListOfStrings(podPull)) {
            return Places.workflow(podPull.workflow(), "spec.imagePullSecrets");
        }
        boolean isFromAccount = podPull.pod().spec().path("imagePullSecrets").isEmpty()
                || podPull.pull().isListedByAccount();
        if (isFromAccount) {
            return Subject.of("ServiceAccount", namespace, podPull.pull().serviceAccount(), "imagePullSecrets");
        }
        String first = podPull.pull().pullSecrets().isEmpty()
                ? ""
                : podPull.pull().pullSecrets().get(0);
        String path = "spec.imagePullSecrets[" + first + "]";
        if (podPull.pod().origin(path).source() == FieldSource.WORKFLOW_DEFAULTS) {
            return ControllerPlaces.place(facts, "workflowDefaults.spec.imagePullSecrets");
        }
        Subject field = Places.of(podPull.workflow(), podPull.pod(), path);
        return field.path(field.path().replaceFirst("\\[\\d+](\\.name)?$", ""));
    }

    /** Returns whether the workflow writes its list as {@code [regcred]}, which is not a list of references. */
    public static boolean isListOfStrings(PodPull podPull) {
        return podPull.workflow()
                .document()
                .root()
                .path("spec")
                .path("imagePullSecrets")
                .path(0)
                .isTextual();
    }

    /**
     * Returns the fix that creates a Secret, without a password on the command line.
     *
     * @param account the ServiceAccount to bind the Secret to, "" for none
     */
    public static WriteCredentials create(String name, String namespace, ImageReference image, String account) {
        return WriteCredentials.create(name, namespace, registry(image)).bound(account);
    }

    /**
     * Returns the fix that writes an entry of an existing Secret again, with the same user. Entries of other registries
     * stay unchanged.
     */
    public static WriteCredentials renew(PullCause cause) {
        WriteCredentials anyUser = writeEntry(cause);
        return cause.decisiveAttempt()
                .flatMap(Attempt::credential)
                .map(StoredCredential::username)
                .map(anyUser::user)
                .orElse(anyUser);
    }

    /** Returns the fix that writes the entry for the image's registry in the cause's Secret, with any user. */
    public static WriteCredentials writeEntry(PullCause cause) {
        return writeKey(cause, registry(cause.image()));
    }

    /**
     * Returns the fix that writes the entry with a key in the cause's Secret. The Secret is recreated if its type has
     * to change.
     */
    public static WriteCredentials writeKey(PullCause cause, String key) {
        return WriteCredentials.create(cause.secret(), cause.pull().namespace(), key)
                .mode(mode(cause.secretView()));
    }

    /**
     * Returns the fix that writes into a Secret which no list of the pod contains.
     *
     * @param account the ServiceAccount to bind the Secret to, "" for none
     */
    public static WriteCredentials writeUnlisted(OtherSecret other, PullCause cause, String account) {
        PullSecretView view = other.view();
        return create(view.name(), cause.pull().namespace(), cause.image(), account)
                .mode(mode(Optional.of(view)));
    }

    private static WriteCredentials.Mode mode(Optional<PullSecretView> view) {
        boolean isOfOtherType = view.map(PullSecretView::type)
                .filter(type -> !type.isEmpty() && !type.equals(PullSecret.DOCKER_CONFIG_JSON))
                .isPresent();
        return isOfOtherType ? WriteCredentials.Mode.RECREATE : WriteCredentials.Mode.ADOPT;
    }

    /** Returns the fix that writes the entry for an image's registry in an existing Secret of the right type. */
    public static WriteCredentials writeNamed(String name, String namespace, ImageReference image) {
        return create(name, namespace, image, "").mode(WriteCredentials.Mode.ADOPT);
    }

    /** Returns the command that reads the credentials of a pull secret. */
    public static Command content(PullCause cause) {
        String key = cause.secretView().map(PullSecretView::dataKey).orElse(".dockerconfigjson");
        return Command.kubectlIn(cause.pull().namespace(), "get", "secret")
                .name("Secret", cause.secret())
                .with("-o", "jsonpath={.data." + key.replace(".", "\\.") + "}")
                .pipe(Command.of("base64", "-d"));
    }

    public static Command delete(String namespace, String secret) {
        return Command.kubectlIn(namespace, "delete", "secret").name("Secret", secret);
    }

    /** Returns the request to grant the right to pull. */
    public static Fix grant(PullCause cause) {
        String user = cause.decisiveAttempt()
                .flatMap(Attempt::credential)
                .map(credential -> "user " + credential.username())
                .orElse("everyone");
        return new AskPerson(
                "at " + cause.registry(),
                "allow " + user + " to pull " + cause.image().path());
    }

    /** Returns the advice to remove a Secret from the list that contains it: an alternative to the previous fix. */
    public static Fix removeFromList(PullCause cause) {
        return AskPerson.or("remove " + cause.secret() + " from "
                + (cause.pull().isListedByAccount()
                        ? "imagePullSecrets of " + cause.pull().source()
                        : cause.pull().source()));
    }

    /** Returns the key of the Secret's entry for an image. */
    public static String registry(ImageReference image) {
        return image.isDockerHub() ? RegistryKey.DOCKER_HUB : image.registry();
    }

    /**
     * Returns the fix that sets another image at a subject: a field {@code image}, or the value of a parameter from
     * which the image's name is composed.
     */
    static Fix image(PodPull podPull, Subject subject, Operand image) {
        if (podPull.pod().origin(podPull.path()).source() == FieldSource.ADMISSION) {
            return AskPerson.reader("the image has to be " + image.text());
        }
        String field = subject.path().substring(subject.path().lastIndexOf('.') + 1);
        if (!VALUES.contains(field)) {
            return ChangeField.to(Yaml.of("image: $image").with("image", image)).because(subject.path());
        }
        String written = Json.text(FieldPath.at(podPull.workflow().document().root(), subject.path()));
        String current = podPull.pull().image();
        int index = written.isEmpty() ? -1 : current.lastIndexOf(written);
        String before = index < 0 ? "" : current.substring(0, index);
        String after = index < 0 ? "" : current.substring(index + written.length());
        String newImage = image.text();
        boolean isReplaceable = index >= 0
                && newImage.length() > before.length() + after.length()
                && newImage.startsWith(before)
                && newImage.endsWith(after);
        return isReplaceable
                ? ChangeField.to(Yaml.of("$field: $value")
                                .with("field", field)
                                .with("value", newImage.substring(before.length(), newImage.length() - after.length())))
                        .because(subject.path() + ", for image " + newImage)
                : AskPerson.reader("change " + subject.path() + ", so that the image is " + newImage);
    }

    /**
     * Returns the fix that adds a pull secret to {@code imagePullSecrets} of a ServiceAccount.
     *
     * @param hasList whether the ServiceAccount already has this list
     */
    public static RunCommands bind(String secret, String namespace, String account, boolean hasList) {
        return addToList("imagePullSecrets", secret, namespace, account, hasList);
    }

    /**
     * Returns the fix that adds a Secret to a list of a ServiceAccount. Its other Secrets stay in the list.
     *
     * @param field the name of the list, such as {@code imagePullSecrets}
     * @param hasList whether the ServiceAccount already has this list
     */
    public static RunCommands addToList(
            String field, String secret, String namespace, String account, boolean hasList) {
        Command patch = Command.kubectlIn(namespace, "patch", "serviceaccount")
                .name("ServiceAccount", account)
                .requiring(Operand.name("Secret", secret));
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("name", secret);
        if (!hasList) {
            ObjectNode list = JsonNodeFactory.instance.objectNode();
            list.putArray(field).add(entry);
            return RunCommands.of(patch.patch(list));
        }
        return RunCommands.of(patch.with("--type=json").patch(JsonPatch.add("/" + field + "/-", entry)));
    }

    /** Returns the fix that replaces a Secret's name by another in the list that contains it. */
    public static Fix replaceInList(Facts facts, PodPull podPull, String absentSecret, String presentSecret) {
        if (!podPull.pull().isListedByAccount()) {
            return ChangeField.to(names(List.of(presentSecret)))
                    .at(Places.place(list(facts, podPull)))
                    .without("imagePullSecrets[" + absentSecret + "]")
                    .with(FixNote.removing("at " + podPull.pull().source() + ", instead of " + absentSecret));
        }
        String path = "/imagePullSecrets/" + podPull.pull().pullSecrets().indexOf(absentSecret) + "/name";
        return RunCommands.of(Command.kubectlIn(podPull.pull().namespace(), "patch", "serviceaccount")
                        .name("ServiceAccount", podPull.pull().serviceAccount())
                        .requiring(Operand.name("Secret", presentSecret))
                        .with("--type=json")
                        .patch(JsonPatch.replace(path, presentSecret)))
                .then("then create the pods again: pods that exist keep the old list");
    }

    /**
     * Returns the fix that sets the workflow's own list, to which the list of the ServiceAccount is not added.
     *
     * @param note returns the note for the position of the list, such as {@code in the Workflow}
     */
    public static ChangeField setWorkflowList(PodPull podPull, String secret, Function<String, FixNote> note) {
        String spec = SpecPlaces.path(podPull.workflow().document());
        String kind = podPull.pod().kind() == ArgoPod.Kind.OTHER
                ? podPull.workflow().document().kind()
                : "Workflow";
        return ChangeField.to(names(List.of(secret)).under(spec.split("\\.")))
                .at(Places.place(podPull.workflow(), spec + ".imagePullSecrets"))
                .with(note.apply("in the " + kind));
    }

    /** Returns the field {@code imagePullSecrets} with the names of Secrets. */
    public static Yaml names(List<String> secrets) {
        return Yaml.list(secrets.stream()
                        .map(name -> Yaml.of("name: $name").with("name", Operand.name("Secret", name)))
                        .toList())
                .under("imagePullSecrets");
    }
}
