package io.jenkins.plugins.argopreflight.engine.facts.admission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ParameterTexts;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterKinds;
import io.jenkins.plugins.argopreflight.engine.facts.right.Identities;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowFacts;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.PodRules;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.LevelVersion;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRefusal;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.yaml.CompactJson;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The dry runs of the workflows and of each distinct pod: asks the API server whether it would create them
 * ({@code dryRun=All}). A snapshot is asked in the same way.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#dry-run">Dry-run</a>
 */
public final class Admissions {

    /** The user of a request, and whether this is the controller, which creates the pods. */
    private record Sender(String user, boolean isController) {

        /** The sender of a request that was not sent. */
        static final Sender NONE = other("");

        static Sender controller(String user) {
            return new Sender(user, /* isController= */ true);
        }

        static Sender other(String user) {
            return new Sender(user, /* isController= */ false);
        }
    }

    private final Fact<ClusterGateway> cluster;
    private final Identities parties;
    private final int concurrency;
    private final Optional<LevelVersion> enforced;
    private final Supplier<String> kubernetes;
    private final Supplier<Fact<ClusterKinds>> kinds;
    private final CompactJson compact = new CompactJson();

    /**
     * Creates the dry runs.
     *
     * @param cluster the gateway to the cluster; Unknown if there is none, then the answers are Unknown too
     * @param enforced the Pod Security level of {@code --pod-security}, by which pods are checked first
     * @param kubernetes the version whose rules apply if no server is asked; {@code ""} for the newest
     * @param kinds the kinds that the cluster defines; read only if they are needed
     */
    public Admissions(
            Fact<ClusterGateway> cluster,
            Identities parties,
            int concurrency,
            Optional<LevelVersion> enforced,
            Supplier<String> kubernetes,
            Supplier<Fact<ClusterKinds>> kinds) {
        this.cluster = cluster;
        this.parties = parties;
        this.concurrency = concurrency;
        this.enforced = enforced;
        this.kubernetes = kubernetes;
        this.kinds = kinds;
    }

    /**
     * An object to send, created when it is needed, and the rows for the pods or workflows that its answer applies to.
     */
    private record Trial(Resource resource, Supplier<Fact<ObjectNode>> object, List<Admission> rows) {}

    /**
     * Sends the workflows and pods and returns the answers.
     *
     * @throws ClusterException if the thread is interrupted
     */
    public List<Admission> ask(List<WorkflowFacts> workflows) {
        List<Trial> trials = new ArrayList<>();
        workflows.forEach(workflow -> WorkflowTrial.resource(workflow)
                .ifPresent(resource -> trials.add(new Trial(
                        resource,
                        () -> Fact.known(WorkflowTrial.of(workflow, resource)),
                        List.of(row(workflow, Optional.empty(), Optional.empty()))))));
        Map<String, Trial> shapes = new LinkedHashMap<>();
        workflows.forEach(workflow -> workflow.pods().stream()
                .filter(pod -> !PodTrial.isOfCaller(pod))
                .forEach(pod -> {
                    Supplier<Fact<ObjectNode>> object = () -> PodTrial.of(pod, workflow.namespace());
                    String shape = cluster.ifKnown()
                            .flatMap(gateway -> object.get().ifKnown())
                            .map(PodTrial::shape)
                            .orElse("unknown " + shapes.size());
                    shapes.computeIfAbsent(shape, key -> new Trial(Resource.PODS, object, new ArrayList<>()))
                            .rows()
                            .add(row(workflow, Optional.of(pod), Optional.empty()));
                }));
        trials.addAll(shapes.values());
        cluster.ifKnown()
                .ifPresent(gateway -> CreatedTrial.of(workflows, kinds)
                        .forEach(created -> trials.add(new Trial(
                                created.resource(),
                                () -> Fact.known(created.object()),
                                List.of(row(
                                        created.workflow(),
                                        Optional.of(created.pod()),
                                        Optional.of(created.document())))))));
        Map<Integer, List<Admission>> answers = new ConcurrentHashMap<>();
        Parallel.forEach(
                IntStream.range(0, trials.size()).boxed().toList(),
                concurrency,
                i -> answers.put(i, send(trials.get(i))));
        return new TreeMap<>(answers).values().stream().flatMap(List::stream).toList();
    }

    private static Admission row(WorkflowFacts workflow, Optional<ArgoPod> pod, Optional<Document> created) {
        return new Admission(
                workflow,
                pod,
                created,
                Sender.NONE.user(),
                Sender.NONE.isController(),
                Optional.empty(),
                Fact.unknown("not asked"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Sends the object of a trial: pods with the identity of the controller, workflows with that of the submitter. */
    private List<Admission> send(Trial trial) {
        return trial.object()
                .get()
                .fold(
                        object -> {
                            Optional<PodSecurityRefusal> refused = refused(trial, object);
                            return refused.isPresent()
                                    ? answered(
                                            trial,
                                            Optional.of(object),
                                            Sender.controller("--pod-security"),
                                            AdmissionAnswer.of(Fact.known(refused.map(each -> AdmissionRefusal.of(
                                                    "pods is forbidden: " + each.message(), each)))))
                                    : cluster.fold(
                                            gateway -> send(trial, gateway, object),
                                            unknown -> notAsked(trial, Optional.of(object), unknown));
                        },
                        unknown -> notAsked(trial, Optional.empty(), unknown));
    }

    private List<Admission> notAsked(Trial trial, Optional<ObjectNode> object, Fact.Unknown<?> unknown) {
        return isTemplate(trial)
                ? List.of()
                : answered(trial, object, Sender.NONE, AdmissionAnswer.of(Fact.unknown(unknown.reason())));
    }

    /**
     * Returns whether the object is a template, which is not submitted. If the API server cannot try it, this is not
     * reported.
     */
    private static boolean isTemplate(Trial trial) {
        return trial.resource().equals(Resource.CRON_WORKFLOWS)
                || trial.resource().equals(Resource.WORKFLOW_TEMPLATES);
    }

    private List<Admission> send(Trial trial, ClusterGateway gateway, ObjectNode object) {
        Admission row = trial.rows().get(0);
        if (row.created().isPresent()) {
            AdmissionAnswer answer = dryRun(
                    gateway,
                    trial.resource(),
                    object,
                    e -> e.kind() == Kind.ALREADY_EXISTS
                            ? ExistingObject.answer(gateway, trial.resource(), object, row, e)
                            : AdmissionAnswer.of(
                                    e,
                                    CreatedTrial.refusal(row.created().get(), e)
                                            .orElseGet(() -> refusal(e, trial.resource(), object))));
            return createdRow(trial, answer);
        }
        Optional<List<Admission>> asController = trial.resource().equals(Resource.PODS)
                ? parties.controller()
                        .ifKnown()
                        .flatMap(who -> gateway.as(who)
                                .map(as -> dryRun(as, trial.resource(), object))
                                // The identity of the credentials in use is the fallback if this was not allowed.
                                .filter(answer -> !answer.refusal().isUnknown())
                                .map(answer ->
                                        answered(trial, Optional.of(object), Sender.controller(who.user()), answer)))
                : Optional.empty();
        return asController.orElseGet(() -> {
            Sender submitter = submitter();
            boolean isController = parties.controller()
                    .ifKnown()
                    .filter(who -> who.user().equals(submitter.user()))
                    .isPresent();
            Sender sender = isController ? Sender.controller(submitter.user()) : submitter;
            AdmissionAnswer answer = row.workflow().isCreatedByTrigger()
                    ? dryRun(gateway, trial.resource(), object)
                    : inClientForm(gateway, trial.resource(), object);
            return answer.isMissingInSnapshot() && !trial.resource().equals(Resource.PODS)
                            || answer.isUntried() && isTemplate(trial)
                    ? List.of()
                    : answered(trial, Optional.of(object), sender, answer);
        });
    }

    /**
     * Returns the row for an object of a resource template. There is none if the API server could not try it or only the
     * pod's ServiceAccount has the right: the checks of rights report that.
     */
    private List<Admission> createdRow(Trial trial, AdmissionAnswer answer) {
        return answer.isUntried()
                ? List.of()
                : answered(trial, Optional.empty(), submitter(), AdmissionAnswer.of(answer.refusal()));
    }

    private Sender submitter() {
        return Sender.other(parties.submitter().ifKnown().map(Identity::user).orElse(""));
    }

    private Optional<PodSecurityRefusal> refused(Trial trial, ObjectNode pod) {
        return enforced.filter(policy -> trial.resource().equals(Resource.PODS))
                .flatMap(policy -> PodSecurity.refusal(policy, pod, PodRules.minor(kubernetes.get())));
    }

    /**
     * Sends a workflow in the form of Argo's clients if the server refuses the form of kubectl, which is the manifest
     * as written.
     */
    private AdmissionAnswer inClientForm(ClusterGateway gateway, Resource resource, ObjectNode object) {
        AdmissionAnswer answer = dryRun(gateway, resource, object);
        Optional<AdmissionRefusal> refusal = answer.refusal().ifKnown().flatMap(known -> known);
        if (refusal.isEmpty() || resource.equals(Resource.PODS)) {
            return answer;
        }
        ObjectNode form = ParameterTexts.in(object);
        AdmissionAnswer other = form.equals(object) ? answer : dryRun(gateway, resource, form);
        return other.refusal().ifKnown().filter(Optional::isEmpty).isPresent()
                ? other.withRefusalAsWritten(refusal.get())
                : other;
    }

    private AdmissionAnswer dryRun(ClusterGateway gateway, Resource resource, ObjectNode object) {
        return dryRun(gateway, resource, object, e -> AdmissionAnswer.of(e, refusal(e, resource, object)));
    }

    private AdmissionAnswer dryRun(
            ClusterGateway gateway,
            Resource resource,
            ObjectNode object,
            Function<ClusterException, AdmissionAnswer> answer) {
        try {
            ObjectNode stored = gateway.create(resource, object, WriteMode.DRY_RUN);
            return AdmissionAnswer.admitted(
                    resource.equals(Resource.PODS)
                            ? Optional.of(compact.of(stored).path("spec"))
                            : Optional.empty());
        } catch (ClusterException e) {
            return answer.apply(e).withPolicy(e.policy());
        }
    }

    private Fact<Optional<AdmissionRefusal>> refusal(ClusterException e, Resource resource, ObjectNode object) {
        if (e.kind() == Kind.INTERRUPTED) {
            throw e;
        }
        if (e.kind() == Kind.NOT_CAPTURED) {
            return Fact.unknown("a snapshot has no API server that could check it");
        }
        // A server without the path of pods is not the API server of a cluster.
        return e.isOfUnknownPath() && !resource.equals(Resource.PODS)
                ? Fact.known(Optional.of(AdmissionRefusal.unknownKind(ClusterException.PAGE_NOT_FOUND)))
                : e.refusal()
                        .map(refusal -> answer(e.kind(), refusal, resource, object))
                        .orElseGet(() -> Fact.unknown(e.getMessage()));
    }

    private Fact<Optional<AdmissionRefusal>> answer(
            Kind kind, AdmissionRefusal refusal, Resource resource, ObjectNode object) {
        String message = refusal.message();
        if (kind == Kind.FORBIDDEN && RbacMessages.isImpersonation(message)) {
            return Fact.unknown(message);
        }
        if (kind == Kind.FORBIDDEN && RbacMessages.isDenied(message)) {
            Right right = Right.of("create", resource, KubeObjects.namespace(object));
            return parties.submitter().fold(me -> Fact.missing(right, me.user()), none -> Fact.missing(right));
        }
        if (message.contains("does not support dry run")) {
            return Fact.unknown("it cannot be tried: " + message);
        }
        // The server asks the same webhooks when the object is created.
        boolean verdict = AdmissionAnswer.isVerdict(kind) || message.contains(AdmissionRefusal.FAILED_WEBHOOK);
        return verdict ? Fact.known(Optional.of(refusal)) : Fact.unknown(message);
    }

    private List<Admission> answered(Trial trial, Optional<ObjectNode> object, Sender sender, AdmissionAnswer answer) {
        boolean answeredByServer =
                answer.refusal().ifKnown().isPresent() || !trial.resource().equals(Resource.PODS);
        Optional<AdmissionRefusal> invalid =
                answeredByServer ? Optional.empty() : object.flatMap(pod -> PodRules.violation(pod, kubernetes.get()));
        return trial.rows().stream()
                .map(row -> new Admission(
                        row.workflow(),
                        row.pod(),
                        row.created(),
                        sender.user(),
                        sender.isController(),
                        answer.admitted(),
                        answer.refusal(),
                        answer.asWritten(),
                        answer.policy(),
                        invalid))
                .toList();
    }
}
