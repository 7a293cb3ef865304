package io.jenkins.plugins.argopreflight.engine.check.admission;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Missing;
import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.location.Places;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.facts.admission.Admission;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Operand;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.fix.Yaml;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Location;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Creates the finding about a pod that the ServiceAccount admission refuses: the account does not exist, or does not
 * list a Secret of the pod.
 *
 * @see <a href="https://github.com/kubernetes/kubernetes/blob/v1.34.4/plugin/pkg/admission/serviceaccount/admission.go">
 *     Validate, limitSecretReferences</a>
 */
final class AccountRefused {

    private static final Pattern ABSENT = Pattern.compile("error looking up service account ([^/\\s]+)/([^:\\s]+):");
    private static final Pattern UNLISTED = Pattern.compile(
            "(\\S+)=\"([^\"]+)\" is not allowed because service account (\\S+) does not reference that (\\w+)");

    private final CheckInfo info;

    AccountRefused(CheckInfo info) {
        this.info = info;
    }

    /** Returns the finding, or empty if the account could be read: then other checks report the problem. */
    Optional<Finding> finding(Facts facts, Admission admission, String message) {
        Matcher absent = ABSENT.matcher(message);
        if (absent.find()) {
            return isReadable(facts, absent.group(1), absent.group(2))
                    ? Optional.empty()
                    : Optional.of(absent(admission, absent.group(1), absent.group(2)));
        }
        Matcher unlisted = UNLISTED.matcher(message);
        return unlisted.find() && !isReadable(facts, admission.workflow().namespace(), unlisted.group(3))
                ? Optional.of(unlisted(admission, unlisted))
                : Optional.empty();
    }

    /** Returns whether the account could be read: then other checks report the problem. */
    private static boolean isReadable(Facts facts, String namespace, String account) {
        return facts.cluster()
                .get(Resource.SERVICE_ACCOUNTS, namespace, account)
                .ifKnown()
                .isPresent();
    }

    private Finding absent(Admission admission, String namespace, String name) {
        return Finding.fail(
                        info,
                        Subject.of("ServiceAccount", namespace, name, "").at(place(admission)),
                        "ServiceAccount " + name + " does not exist in namespace " + namespace + ". The API server"
                                + " refuses "
                                + AdmissionCheck.pod(admission.pod().orElseThrow())
                                + ", and its node ends in Error at once.")
                .title("ServiceAccount %s does not exist", name)
                .because(new Missing.InNamespace(namespace))
                .fix(
                        RunCommands.of(Command.kubectl("create", "serviceaccount")
                                .name("ServiceAccount", name)
                                .namespace(namespace)),
                        Places.inSpec(
                                        admission.workflow(),
                                        Yaml.of("serviceAccountName: $name").with("name", Operand.placeholder("NAME")))
                                .or("an account that exists ("
                                        + Shell.inline(Command.kubectl("get", "serviceaccounts")
                                                .namespace(namespace)) + "): in the workflow"));
    }

    private Finding unlisted(Admission admission, Matcher match) {
        String namespace = admission.workflow().namespace();
        String secret = match.group(2);
        String account = match.group(3);
        boolean isPullSecret = match.group(4).equals("imagePullSecret");
        String list = isPullSecret ? "imagePullSecrets" : "secrets";
        return Finding.fail(
                        info,
                        Subject.of("ServiceAccount", namespace, account, list).at(place(admission)),
                        "ServiceAccount " + account + " of namespace " + namespace
                                + " has the annotation kubernetes.io/enforce-mountable-secrets and does not list"
                                + " Secret "
                                + secret + " in its " + list + ". The API server refuses "
                                + AdmissionCheck.pod(admission.pod().orElseThrow()) + ".")
                .title("ServiceAccount %s does not list Secret %s of the pod", account, secret)
                .fix(RunCommands.of(Command.kubectl("get", "serviceaccount")
                        .name("ServiceAccount", account)
                        .namespace(namespace)
                        .with("-o", "json")
                        .pipe(Command.of("jq", "--arg", "name")
                                .with(Operand.name("Secret", secret))
                                .with(
                                        isPullSecret
                                                ? ".imagePullSecrets += [{name: $name}]"
                                                : ".secrets += [{name: $name}]"))
                        .pipe(Command.kubectl("replace", "-f", "-"))));
    }

    private static Location place(Admission admission) {
        ArgoPod pod = admission.pod().orElseThrow();
        return pod.setter("spec.serviceAccountName").location();
    }
}
