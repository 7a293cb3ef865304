package io.jenkins.plugins.argopreflight.engine.check.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.place.ControllerPlaces;
import io.jenkins.plugins.argopreflight.engine.check.place.JsonPatch;
import io.jenkins.plugins.argopreflight.engine.check.place.Places;
import io.jenkins.plugins.argopreflight.engine.check.place.SpecPlaces;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.fix.Command;
import io.jenkins.plugins.argopreflight.engine.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.fix.WriteCredentials;
import io.jenkins.plugins.argopreflight.engine.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.manifest.FieldPath;
import io.jenkins.plugins.argopreflight.engine.pull.ProbeAttempt;
import io.jenkins.plugins.argopreflight.engine.pull.PullDetails.OtherSecret;
import io.jenkins.plugins.argopreflight.engine.pull.PullSecretView;
import io.jenkins.plugins.argopreflight.engine.workflow.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.workflow.model.FieldSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Objects and commands that several checks on images name. */
public final class PullFixes {

    private static final Set<String> VALUES = Set.of("value", "default");

    private PullFixes() {}

    /** A Secret's entry, or the Secret's whole content where there is no key. */
    public static Subject entry(PullCause cause, String field) {
        boolean old = isOldFormat(cause);
        String data = old ? ".dockercfg" : ".dockerconfigjson";
        String path = cause.key().isEmpty() ? data : data + (old ? " [\"" : " auths[\"") + cause.key() + "\"]" + field;
        return Subject.of("Secret", cause.row().pull().namespace(), cause.secret(), path);
    }

    /** Whether the Secret has the format without {@code auths}. */
    public static boolean isOldFormat(PullCause cause) {
        return cause.sight()
                .filter(sight -> sight.type().equals(PullSecret.DOCKERCFG))
                .isPresent();
    }

    /** Where a pod's pull Secrets come from, to add one: the ServiceAccount, or whatever list hides it. */
    public static Subject list(Facts facts, PodPull row) {
        String namespace = row.pull().namespace();
        if (isListOfStrings(row)) {
            return Places.workflow(row.workflow(), "spec.imagePullSecrets");
        }
        boolean account = row.pod().spec().path("imagePullSecrets").isEmpty()
                || row.pull().source().startsWith("ServiceAccount");
        if (account) {
            return Subject.of("ServiceAccount", namespace, row.pull().serviceAccount(), "imagePullSecrets");
        }
        String first = row.pull().pullSecrets().isEmpty()
                ? ""
                : row.pull().pullSecrets().get(0);
        String path = "spec.imagePullSecrets[" + first + "]";
        if (row.pod().origin(path).source() == FieldSource.WORKFLOW_DEFAULTS) {
            return ControllerPlaces.place(facts, "workflowDefaults.spec.imagePullSecrets");
        }
        Subject field = Places.of(row.workflow(), row.pod(), path);
        return field.path(field.path().replaceFirst("\\[\\d+](\\.name)?$", ""));
    }

    /** Whether the workflow writes its list as {@code [regcred]}, which is no list of references. */
    public static boolean isListOfStrings(PodPull row) {
        return row.workflow()
                .document()
                .root()
                .path("spec")
                .path("imagePullSecrets")
                .path(0)
                .isTextual();
    }

    /** Makes a Secret without a password on the command line, and binds it where an account is given. */
    public static WriteCredentials sync(String name, String namespace, ImageReference image, String account) {
        return WriteCredentials.create(name, namespace, registry(image)).bound(account);
    }

    /** Renews the entry of a Secret that is there, the one who wrote it; its other registries stay. */
    public static WriteCredentials renew(PullCause cause) {
        WriteCredentials adopt = replace(cause);
        return cause.decisive()
                .flatMap(ProbeAttempt::credential)
                .map(StoredCredential::username)
                .map(adopt::user)
                .orElse(adopt);
    }

    /** The same with another user than the one whom the entry names. */
    public static WriteCredentials replace(PullCause cause) {
        return replace(cause, registry(cause.image()));
    }

    /** Writes this entry of the Secret, which is recreated where its type is not the one that is written. */
    public static WriteCredentials replace(PullCause cause, String registry) {
        return WriteCredentials.create(cause.secret(), cause.row().pull().namespace(), registry)
                .mode(mode(cause.sight()));
    }

    /** Writes into this Secret, which no list of the pod names, and binds it where an account is given. */
    public static WriteCredentials replace(OtherSecret other, PullCause cause, String account) {
        PullSecretView sight = other.sight();
        return sync(sight.name(), cause.row().pull().namespace(), cause.image(), account)
                .mode(mode(Optional.of(sight)));
    }

    private static WriteCredentials.Mode mode(Optional<PullSecretView> sight) {
        boolean isRightType = sight.map(PullSecretView::type)
                .filter(type -> !type.isEmpty() && !type.equals(PullSecret.DOCKER_CONFIG_JSON))
                .isEmpty();
        return isRightType ? WriteCredentials.Mode.ADOPT : WriteCredentials.Mode.RECREATE;
    }

    /** Writes an entry of a Secret that is there, the one who wrote it. */
    public static WriteCredentials adopt(String name, String namespace, ImageReference image) {
        return sync(name, namespace, image, "").mode(WriteCredentials.Mode.ADOPT);
    }

    /** Reads the credentials in a pull Secret. */
    public static Command content(PullCause cause) {
        String key = cause.sight().map(PullSecretView::dataKey).orElse(".dockerconfigjson");
        return Command.kubectlIn(cause.row().pull().namespace(), "get", "secret")
                .name("Secret", cause.secret())
                .with("-o", "jsonpath={.data." + key.replace(".", "\\.") + "}")
                .pipe(Command.of("base64", "-d"));
    }

    public static Command delete(String namespace, String secret) {
        return Command.kubectlIn(namespace, "delete", "secret").name("Secret", secret);
    }

    /** Whom to ask for the right to pull. */
    public static Fix grant(PullCause cause) {
        String user = cause.decisive()
                .flatMap(ProbeAttempt::credential)
                .map(credential -> "user " + credential.username())
                .orElse("everyone");
        return new AskPerson(
                "at " + cause.registry(),
                "allow " + user + " to pull " + cause.image().path());
    }

    /** In words, where to take a Secret's name out. */
    public static Fix takeOut(PullCause cause) {
        return AskPerson.reader("or remove " + cause.secret() + " from "
                + (cause.row().pull().source().startsWith("ServiceAccount")
                        ? "imagePullSecrets of " + cause.row().pull().source()
                        : cause.row().pull().source()));
    }

    /** The key to write for an image. */
    public static String registry(ImageReference image) {
        return image.isDockerHub() ? RegistryKey.DOCKER_HUB : image.registry();
    }

    /** Another image where the finding is, which can be a parameter's value that is a part of the name. */
    static Fix image(PodPull row, Subject subject, Operand image) {
        if (row.pod().origin(row.path()).source() == FieldSource.ADMISSION) {
            return AskPerson.reader("the image has to be " + image.text());
        }
        String field = subject.path().substring(subject.path().lastIndexOf('.') + 1);
        if (!VALUES.contains(field)) {
            return ChangeField.to(Yaml.of("image: $image").with("image", image)).because(subject.path());
        }
        String given =
                FieldPath.at(row.workflow().document().root(), subject.path()).asText("");
        String now = row.pull().image();
        int at = given.isEmpty() ? -1 : now.lastIndexOf(given);
        String before = at < 0 ? "" : now.substring(0, at);
        String after = at < 0 ? "" : now.substring(at + given.length());
        String wanted = image.text();
        boolean fits = at >= 0
                && wanted.length() > before.length() + after.length()
                && wanted.startsWith(before)
                && wanted.endsWith(after);
        return fits
                ? ChangeField.to(Yaml.of("$field: $value")
                                .with("field", field)
                                .with("value", wanted.substring(before.length(), wanted.length() - after.length())))
                        .because(subject.path() + ", for image " + wanted)
                : AskPerson.reader("change " + subject.path() + ", so that the image is " + wanted);
    }

    /** Binds a Secret to a ServiceAccount without losing what it lists. */
    public static RunCommands bind(String secret, String namespace, String account, boolean listed) {
        return bind("imagePullSecrets", secret, namespace, account, listed);
    }

    /** The same in this list of the ServiceAccount. */
    public static RunCommands bind(String field, String secret, String namespace, String account, boolean listed) {
        Command patch = Command.kubectlIn(namespace, "patch", "serviceaccount")
                .name("ServiceAccount", account)
                .requiring(Operand.name("Secret", secret));
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("name", secret);
        if (!listed) {
            ObjectNode list = JsonNodeFactory.instance.objectNode();
            list.putArray(field).add(entry);
            return RunCommands.of(patch.patch(list));
        }
        return RunCommands.of(patch.with("--type=json").patch(JsonPatch.add("/" + field + "/-", entry)));
    }

    /** Puts one Secret's name in the place of another's, in the list that names it. */
    public static Fix instead(Facts facts, PodPull row, String absent, String present) {
        if (!row.pull().source().startsWith("ServiceAccount")) {
            return ChangeField.to(names(List.of(present)))
                    .at(Places.place(list(facts, row)))
                    .without("imagePullSecrets[" + absent + "]")
                    .because("at " + row.pull().source() + ", instead of " + absent);
        }
        String path = "/imagePullSecrets/" + row.pull().pullSecrets().indexOf(absent) + "/name";
        return RunCommands.of(Command.kubectlIn(row.pull().namespace(), "patch", "serviceaccount")
                        .name("ServiceAccount", row.pull().serviceAccount())
                        .requiring(Operand.name("Secret", present))
                        .with("--type=json")
                        .patch(JsonPatch.replace(path, present)))
                .then("then create the pods again: pods that exist keep the old list");
    }

    /**
     * The workflow's own list, which the ServiceAccount's is not added to.
     *
     * @param before what joins it to the fix before it, such as {@code or}; "" for the first one
     * @param after what to know before it is written
     */
    public static ChangeField inWorkflow(PodPull row, String name, String before, String after) {
        String spec = SpecPlaces.path(row.workflow().document());
        String kind = row.pod().kind() == ArgoPod.Kind.OTHER
                ? row.workflow().document().kind()
                : "Workflow";
        return ChangeField.to(names(List.of(name)).under(spec.split("\\.")))
                .at(Places.place(row.workflow(), spec + ".imagePullSecrets"))
                .because((before + " in the " + kind + after + ":").strip());
    }

    /** A list of pull Secrets. */
    public static Yaml names(List<String> secrets) {
        return Yaml.list(secrets.stream()
                        .map(name -> Yaml.of("name: $name").with("name", Operand.name("Secret", name)))
                        .toList())
                .under("imagePullSecrets");
    }
}
