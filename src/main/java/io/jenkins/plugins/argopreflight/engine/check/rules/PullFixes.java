package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.collect.PodPull;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.RegistryKey;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.pull.Tried;
import io.jenkins.plugins.argopreflight.engine.workflow.Source;

/** Objects and commands that several checks on images name. */
final class PullFixes {

    private PullFixes() {}

    /** A Secret's entry, or the Secret's whole content where there is no key. */
    static Subject entry(PullCause cause, String field) {
        boolean old = cause.sight()
                .filter(sight -> sight.type().equals(PullSecret.DOCKERCFG))
                .isPresent();
        String data = old ? ".dockercfg" : ".dockerconfigjson";
        String path = cause.key().isEmpty() ? data : data + (old ? " [\"" : " auths[\"") + cause.key() + "\"]" + field;
        return Subject.of("Secret", cause.row().pull().namespace(), cause.secret(), path);
    }

    /** Where a pod's pull Secrets come from, to add one: the ServiceAccount, or whatever list hides it. */
    static Subject list(Facts facts, PodPull row) {
        String namespace = row.pull().namespace();
        if (isListOfStrings(row)) {
            return Places.workflow(row.workflow(), "spec.imagePullSecrets");
        }
        boolean account = row.pod().spec().path("imagePullSecrets").isEmpty()
                || row.source().startsWith("ServiceAccount");
        if (account) {
            return Subject.of("ServiceAccount", namespace, row.pull().serviceAccount(), "imagePullSecrets");
        }
        String first = row.pull().pullSecrets().isEmpty()
                ? ""
                : row.pull().pullSecrets().get(0);
        String path = "spec.imagePullSecrets[" + first + "]";
        if (row.pod().origin(path).source() == Source.WORKFLOW_DEFAULTS) {
            return Operators.place(facts, "workflowDefaults.spec.imagePullSecrets");
        }
        Subject field = Places.of(row.workflow(), row.pod(), path);
        String list = field.path().replaceFirst("\\[\\d+](\\.name)?$", "");
        return new Subject(
                field.file(), field.line(), list, field.kind(), field.name(), field.namespace(), field.container());
    }

    /** Whether the workflow writes its list as {@code [regcred]}, which is no list of references. */
    static boolean isListOfStrings(PodPull row) {
        return row.workflow()
                .document()
                .root()
                .path("spec")
                .path("imagePullSecrets")
                .path(0)
                .isTextual();
    }

    /** Makes a Secret without a password on the command line, and binds it where an account is given. */
    static String sync(String name, String namespace, ImageReference image, String account) {
        return sync(name, namespace, image, account, "USER");
    }

    private static String sync(String name, String namespace, ImageReference image, String account, String user) {
        return "argo-preflight sync --name " + name + " -n " + namespace
                + (account.isEmpty() ? "" : " --service-account " + account) + " --registry " + registry(image)
                + " --username " + user + " --password-stdin < password.txt";
    }

    /** Renews the entry of a Secret that is there, whoever wrote it; its other registries stay. */
    static String renew(PullCause cause) {
        String user = cause.telling()
                .flatMap(Tried::credential)
                .map(StoredCredential::username)
                .filter(name -> name.matches("[\\w.@+-]+"))
                .orElse("USER");
        return adopt(cause.secret(), cause.row().pull().namespace(), cause.image(), user);
    }

    /** The same with another user than the one whom the entry names. */
    static String replace(PullCause cause) {
        return adopt(cause.secret(), cause.row().pull().namespace(), cause.image(), "USER");
    }

    /** Writes an entry of a Secret that is there, whoever wrote it. */
    static String adopt(String name, String namespace, ImageReference image, String user) {
        return sync(name, namespace, image, "", user).replace(" --registry ", " --adopt --registry ");
    }

    /** In words, where to take a Secret's name out. */
    static String takeOut(PullCause cause) {
        return "# or take " + cause.secret() + " out of "
                + (cause.row().source().startsWith("ServiceAccount")
                        ? "imagePullSecrets of " + cause.row().source()
                        : cause.row().source());
    }

    /** The key to write for an image. */
    static String registry(ImageReference image) {
        return image.isDockerHub() ? RegistryKey.DOCKER_HUB : image.registry();
    }

    /** Binds a Secret to a ServiceAccount without losing what it lists. */
    static String bind(String secret, String namespace, String account, boolean listed) {
        return "kubectl -n " + namespace + " patch serviceaccount " + account
                + (listed
                        ? " --type=json -p '[{\"op\":\"add\",\"path\":\"/imagePullSecrets/-\",\"value\":{\"name\":\""
                                + secret + "\"}}]'"
                        : " -p '{\"imagePullSecrets\":[{\"name\":\"" + secret + "\"}]}'");
    }

    /** Puts one Secret's name in the place of another's, in the list that names it. */
    static String instead(PodPull row, String absent, String present) {
        if (!row.source().startsWith("ServiceAccount")) {
            return "# at " + row.source() + "\nimagePullSecrets:\n- name: " + present + "   # instead of " + absent;
        }
        return "kubectl -n " + row.pull().namespace() + " patch serviceaccount "
                + row.pull().serviceAccount() + " --type=json -p '[{\"op\":\"replace\",\"path\":\"/imagePullSecrets/"
                + row.pull().pullSecrets().indexOf(absent) + "/name\",\"value\":\"" + present + "\"}]'"
                + "\n# then create the pods anew: those that wait keep the old list";
    }

    /** The workflow's own list, which the ServiceAccount's is not added to. */
    static String inWorkflow(String... names) {
        StringBuilder yaml = new StringBuilder("# in the Workflow:\nspec:\n  imagePullSecrets:");
        for (String name : names) {
            yaml.append("\n  - name: ").append(name);
        }
        return yaml.toString();
    }
}
