package io.jenkins.plugins.argopreflight.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KubeletKeyring;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * The image pulls of a kubelet: the names of pull Secrets are copied when a pod is created, and the Secrets are read
 * for each pull.
 */
final class Kubelet {

    private final ClusterGateway cluster;

    Kubelet(ClusterGateway cluster) {
        this.cluster = cluster;
    }

    /** Creates a pod as the API server does: the ServiceAccount's imagePullSecrets are copied into it once. */
    ObjectNode create(String namespace, String name, String serviceAccount, String image) {
        ObjectNode account = cluster.get(Resource.SERVICE_ACCOUNTS, namespace, serviceAccount)
                .orElseThrow();
        ObjectNode pod = KubeObjects.of(Resource.PODS, namespace, name);
        ObjectNode spec = pod.putObject("spec");
        spec.put("serviceAccountName", serviceAccount);
        spec.set("imagePullSecrets", account.path("imagePullSecrets"));
        spec.putArray("containers").addObject().put("name", "main").put("image", image);
        pod.putObject("status").put("phase", "Pending");
        return cluster.create(Resource.PODS, pod, WriteMode.REAL);
    }

    void delete(String namespace, String name) {
        ObjectNode pod = cluster.get(Resource.PODS, namespace, name).orElseThrow();
        cluster.delete(
                Resource.PODS,
                namespace,
                name,
                Json.text(pod, "metadata", "uid"),
                Json.text(pod, "metadata", "resourceVersion"),
                WriteMode.REAL);
    }

    /** Pulls the image of a pod, and returns the registry's last answer. */
    Answer pull(String namespace, String pod, RegistryProbe registry) {
        ObjectNode object =
                cluster.get(Resource.PODS, namespace, pod).orElseThrow().deepCopy();
        List<PullSecret> secrets = KubeObjects.names(object.at("/spec/imagePullSecrets")).stream()
                .flatMap(name -> cluster.get(Resource.SECRETS, namespace, name).stream())
                .map(Kubelet::pullSecret)
                .toList();
        ImageReference reference = ImageReference.parse(Json.text(object.at("/spec/containers/0/image")));
        List<StoredCredential> credentials =
                KubeletKeyring.of(secrets).lookup(reference).credentials();
        Answer last = credentials.isEmpty() ? registry.ask(reference, Optional.empty()) : null;
        for (StoredCredential credential : credentials) {
            last = registry.ask(reference, Optional.of(new Login(credential.username(), credential.password())));
            if (last.verdict() == Verdict.OK) {
                break;
            }
        }
        if (last.verdict() != Verdict.OK) {
            setWaiting(object);
        }
        return last;
    }

    /** Writes into the pod's status that its container waits for its image. */
    private void setWaiting(ObjectNode pod) {
        ObjectNode main = ((ObjectNode) pod.path("status"))
                .putArray("containerStatuses")
                .addObject()
                .put("name", "main");
        main.putObject("state").putObject("waiting").put("reason", "ErrImagePull");
        cluster.replace(Resource.PODS, pod, WriteMode.REAL);
    }

    static PullSecret pullSecret(ObjectNode secret) {
        return PullSecret.of(KubeObjects.name(secret), Json.text(secret, "type"), Json.strings(secret.path("data")));
    }
}
