package io.jenkins.plugins.argopreflight.engine.facts.pull;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.object.KnownObjects;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.CreatedObjects;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.pull.ImageClient;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullCheck;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullQuestion;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretList;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The collector of the images that the kubelet pulls for each pod, and of those that the controller looks up for each
 * container without a command, with the credentials and the answers of the registries. Equal questions are asked once.
 * Secrets are read in parallel, then the registries are asked, then further questions follow.
 */
public final class PodPulls {

    private final List<WorkflowFacts> workflows;
    private final Controller controller;
    private final KnownObjects objects;
    private final PullCheck check;
    private final FurtherQuestions furtherQuestions;
    private final Registry registry;
    private final int concurrency;

    /**
     * Creates a collector.
     *
     * @param workflows the workflows with the pods
     * @param files the documents of the files to check, which are treated as applied
     * @param namespace the namespace of documents that have none
     * @param controllerMayGet returns whether the controller can get a Secret, by namespace and name
     * @param concurrency the number of requests to the cluster at the same time
     */
    public PodPulls(
            List<WorkflowFacts> workflows,
            List<Document> files,
            String namespace,
            ClusterReader cluster,
            Registry registry,
            Controller controller,
            BiFunction<String, String, Fact<Boolean>> controllerMayGet,
            int concurrency) {
        this.workflows = workflows;
        this.controller = controller;
        this.objects = new KnownObjects(files, namespace, cluster);
        SecretCache secrets =
                new SecretCache(files, namespace, cluster, CreatedObjects.of(workflows), controllerMayGet);
        this.check = PullCheck.withContent(registry, secrets, concurrency);
        this.furtherQuestions = new FurtherQuestions(secrets, registry, concurrency);
        this.registry = registry;
        this.concurrency = concurrency;
    }

    /** Returns a pull for each image, container and consumer. */
    public List<PodPull> all() {
        return of(field -> true);
    }

    /**
     * Returns the pulls after admission changed some pods. Their kubelets pull the changed images; the look-ups of the
     * controller, which happen before, stay as they are.
     *
     * @param before the pulls of the pods as Argo creates them
     */
    public List<PodPull> admitted(List<PodPull> before, Set<ArgoPod> changed) {
        Map<ArgoPod, List<PodPull>> pulls = new LinkedHashMap<>();
        before.forEach(podPull -> {
            List<PodPull> pullsOfPod = pulls.computeIfAbsent(podPull.pod(), pod -> new ArrayList<>());
            if (podPull.isLookUp() || !changed.contains(podPull.pod())) {
                pullsOfPod.add(podPull);
            }
        });
        of(field -> !field.isLookUp() && changed.contains(field.pod()))
                .forEach(podPull ->
                        Objects.requireNonNull(pulls.get(podPull.pod())).add(podPull));
        return pulls.values().stream().flatMap(List::stream).toList();
    }

    private List<PodPull> of(Predicate<ImageField> selection) {
        List<ImageField> fields = workflows.stream()
                .flatMap(workflow -> workflow.pods().stream().flatMap(pod -> fields(workflow, pod)))
                .filter(selection)
                .toList();
        expect(fields);
        Parallel.forEach(
                fields.stream()
                        .map(field -> List.of(field.namespace(), field.account()))
                        .distinct()
                        .toList(),
                concurrency,
                account -> find(account.get(0), account.get(1)));
        List<PullQuestion> questions = fields.stream()
                .map(field -> field.question(find(field.namespace(), field.account())))
                .toList();
        Map<PullQuestion, Pull> pulls = furtherQuestions.ask(check.ask(questions));
        return IntStream.range(0, fields.size())
                .mapToObj(i -> fields.get(i).answered(Objects.requireNonNull(pulls.get(questions.get(i)))))
                .toList();
    }

    /**
     * A field of a pod with an image, and the consumer that requests the image: the kubelet or the controller.
     *
     * @param holder the container or volume with the image
     * @param assumption the reason why it could not be checked that this image is requested; {@code ""} if it is
     *     certain
     */
    private record ImageField(
            WorkflowFacts workflow,
            ArgoPod pod,
            ImageHolder holder,
            String image,
            ImageClient consumer,
            String assumption) {

        String namespace() {
            return workflow.namespace();
        }

        boolean isLookUp() {
            return consumer == ImageClient.CONTROLLER;
        }

        /** Returns the ServiceAccount whose pull Secrets can be used. */
        String account() {
            return isLookUp() ? pod.lookUpAccount() : Json.text(pod.spec(), "serviceAccountName");
        }

        PullQuestion question(Fact<Optional<Document>> account) {
            PullSecretList secretList = isLookUp() ? PodSecrets.lookUp(pod, account) : PodSecrets.kubelet(pod, account);
            return new PullQuestion(namespace(), image, consumer, secretList, assumption);
        }

        PodPull answered(Pull pull) {
            return new PodPull(workflow, pod, holder, pull);
        }
    }

    /** Returns the images of a pod in the order of reports. */
    private Stream<ImageField> fields(WorkflowFacts workflow, ArgoPod pod) {
        return ImageHolder.all(pod.spec()).stream().flatMap(holder -> {
            String image = holder.image(pod.spec());
            boolean isLookedUp = !holder.isVolume()
                    && pod.lookUps().contains(holder.name())
                    && controller.image(image).isEmpty();
            return (isLookedUp
                            ? Stream.of(ImageClient.CONTROLLER, ImageClient.KUBELET)
                            : Stream.of(ImageClient.KUBELET))
                    .map(consumer -> field(workflow, pod, holder, image, consumer));
        });
    }

    private ImageField field(
            WorkflowFacts workflow, ArgoPod pod, ImageHolder holder, String image, ImageClient consumer) {
        String assumption = consumer == ImageClient.CONTROLLER
                ? assumption(
                        "the controller's ConfigMap lists the image under images",
                        controller.assumed().settings().text())
                : controller.putsExecutorImage(pod, holder.imagePath(), image)
                        ? assumption(
                                "the controller uses it, the default executor image of Argo " + controller.version(),
                                controller.assumed().executorImage().text())
                        : "";
        return new ImageField(workflow, pod, holder, image, consumer, assumption);
    }

    private static String assumption(String fact, String unknownReason) {
        return unknownReason.isEmpty() ? "" : "could not check whether " + fact + " (" + unknownReason + ")";
    }

    private Fact<Optional<Document>> find(String namespace, String account) {
        return account.contains("{{")
                ? Fact.unknown("ServiceAccount " + account + " is not known before the workflow runs")
                : objects.find("ServiceAccount", namespace, account);
    }

    /** Announces an image of each registry, so that connections can be opened early. */
    private void expect(List<ImageField> fields) {
        Map<String, ImageReference> first = new LinkedHashMap<>();
        fields.stream()
                .map(ImageField::image)
                .distinct()
                .filter(image -> !image.contains("{{"))
                .forEach(image -> ImageReference.ifValid(image)
                        .ifPresent(parsed -> first.putIfAbsent(parsed.registry(), parsed)));
        first.values().forEach(registry::expect);
    }
}
