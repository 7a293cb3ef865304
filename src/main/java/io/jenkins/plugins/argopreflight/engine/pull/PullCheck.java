package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.cluster.Parallel;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringError;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.image.InvalidImageException;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Asks the registries what consumers get: equal questions once, Secrets side by side, then all registries. */
public final class PullCheck {

    private final Registry registry;
    private final SecretSource secrets;
    private final BiFunction<String, String, Fact<Boolean>> controllerMayGet;
    private final int concurrency;
    private final boolean content;

    /** For questions of kubelets, about manifests only: their content costs two requests more, one a pull at Docker Hub. */
    public PullCheck(Registry registry, SecretSource secrets, int concurrency) {
        this(registry, secrets, (namespace, name) -> Fact.unknown("not asked for"), concurrency, false);
    }

    /**
     * Also about what the manifests list.
     *
     * @param controllerMayGet whether the controller can get a Secret, by namespace and name
     * @param concurrency how many requests to the cluster run at the same time
     */
    public PullCheck(
            Registry registry,
            SecretSource secrets,
            BiFunction<String, String, Fact<Boolean>> controllerMayGet,
            int concurrency) {
        this(registry, secrets, controllerMayGet, concurrency, true);
    }

    private PullCheck(
            Registry registry,
            SecretSource secrets,
            BiFunction<String, String, Fact<Boolean>> controllerMayGet,
            int concurrency,
            boolean content) {
        this.registry = registry;
        this.secrets = secrets;
        this.controllerMayGet = controllerMayGet;
        this.concurrency = concurrency;
        this.content = content;
    }

    /**
     * The answer to each question, in the order of the questions.
     *
     * @throws io.jenkins.plugins.argopreflight.engine.cluster.ClusterException when interrupted
     */
    public Map<PullQuestion, Pull> ask(Collection<PullQuestion> questions) {
        read(questions);
        Map<PullQuestion, CompletableFuture<Pull>> asked = new LinkedHashMap<>();
        questions.forEach(question -> asked.computeIfAbsent(question, this::ask));
        Map<PullQuestion, Pull> pulls = new LinkedHashMap<>();
        asked.forEach((question, pull) -> pulls.put(question, Parallel.await(pull)));
        return pulls;
    }

    private record Name(String namespace, String name, Consumer reader) {}

    /** Reads the Secrets, and asks whether the controller can, side by side. */
    private void read(Collection<PullQuestion> questions) {
        Set<Name> names = new LinkedHashSet<>();
        questions.forEach(question -> question.inEffect().names().forEach(name -> {
            names.add(new Name(question.namespace(), name, Consumer.KUBELET));
            names.add(new Name(question.namespace(), name, question.consumer()));
        }));
        Parallel.forEach(names, concurrency, this::read);
    }

    private Fact<?> read(Name each) {
        return each.reader() == Consumer.CONTROLLER
                ? controllerMayGet.apply(each.namespace(), each.name())
                : secrets.secret(each.namespace(), each.name());
    }

    private CompletableFuture<Pull> ask(PullQuestion question) {
        EffectiveSecrets read = EffectiveSecrets.read(question, secrets, controllerMayGet);
        boolean kubelet = question.consumer() == Consumer.KUBELET;
        if (question.isUnresolved()) {
            String sentence = "The image " + question.image() + " is not known before the workflow runs.";
            return CompletableFuture.completedFuture(read.answered(List.of(), Verdict.UNKNOWN, sentence, List.of()));
        }
        ImageReference image;
        try {
            image = ImageReference.parse(question.image());
        } catch (InvalidImageException e) {
            String sentence = (kubelet ? "The kubelet answers InvalidImageName: " : "The controller's look-up fails: ")
                    + e.getMessage() + ".";
            return CompletableFuture.completedFuture(
                    read.failed(KeyringError.of(e.getMessage()), Verdict.INVALID, sentence, List.of()));
        }
        return kubelet ? KubeletPull.ask(registry, read, image, content) : LookUpCheck.ask(registry, read, image);
    }
}
