package io.jenkins.plugins.argopreflight.engine.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kube.Objects;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Shares what it reads with other runs; what belongs to one workflow alone it reads for itself. */
final class SharingGateway extends ForwardingGateway {

    /** The longest list that is shared: a longer one would take much memory for long. */
    private static final int LONGEST = 1_000;

    private final SharedReads.Run run;
    private final List<Object> scope;

    /** @param scope the same for gateways whose answers are the same; empty where none is shared */
    SharingGateway(ClusterGateway gateway, SharedReads.Run run, List<Object> scope) {
        super(gateway);
        this.run = run;
        this.scope = scope;
    }

    @Override
    public String version() {
        return shared(List.of("version"), super::version);
    }

    @Override
    public Optional<ObjectNode> get(Resource resource, String namespace, String name) {
        return shared(List.of("get", resource, namespace, name), () -> super.get(resource, namespace, name));
    }

    /** What is read by a label are the pods of one workflow. */
    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        if (!labelSelector.isEmpty()) {
            return super.list(resource, namespace, labelSelector, fieldSelector);
        }
        List<ObjectNode> found = new ArrayList<>();
        Kept own = new Kept();
        Kept kept = shared(question(resource, namespace, fieldSelector), () -> {
            found.addAll(super.list(resource, namespace, "", fieldSelector));
            found.forEach(own::add);
            return own;
        });
        return kept == own ? found : kept.objects().orElseGet(() -> super.list(resource, namespace, "", fieldSelector));
    }

    @Override
    public void each(
            Resource resource,
            String namespace,
            String labelSelector,
            String fieldSelector,
            Consumer<ObjectNode> consumer) {
        if (!labelSelector.isEmpty()) {
            super.each(resource, namespace, labelSelector, fieldSelector, consumer);
            return;
        }
        Kept own = new Kept();
        Kept kept = shared(question(resource, namespace, fieldSelector), () -> {
            super.each(resource, namespace, "", fieldSelector, object -> {
                own.add(object);
                consumer.accept(object);
            });
            return own;
        });
        if (kept != own) {
            kept.objects()
                    .ifPresentOrElse(
                            objects -> objects.forEach(consumer),
                            () -> super.each(resource, namespace, "", fieldSelector, consumer));
        }
    }

    private static List<Object> question(Resource resource, String namespace, String fieldSelector) {
        return List.of("list", resource, namespace, fieldSelector);
    }

    /** A list, unless it is too long. */
    private static final class Kept {
        private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
        private boolean isTooLong;

        void add(ObjectNode object) {
            isTooLong = isTooLong || objects.size() == LONGEST;
            if (isTooLong) {
                objects.clear();
            } else {
                objects.put(Objects.namespace(object) + "/" + Objects.name(object), object);
            }
        }

        Optional<List<ObjectNode>> objects() {
            return isTooLong ? Optional.empty() : Optional.of(List.copyOf(objects.values()));
        }
    }

    /** A review is a question, although it is asked with a create. */
    @Override
    public ObjectNode create(Resource resource, ObjectNode object, WriteMode mode) {
        return resource.plural().endsWith("reviews")
                ? shared(List.of("create", resource, object.toString()), () -> super.create(resource, object, mode))
                : super.create(resource, object, mode);
    }

    private <T> T shared(List<Object> question, Supplier<T> request) {
        return scope.isEmpty()
                ? request.get()
                : run.ask(Stream.concat(scope.stream(), question.stream()).toList(), request);
    }

    @Override
    <T> T read(Supplier<T> request) {
        return run.send(request);
    }

    @Override
    <T> T write(Resource resource, Supplier<T> request) {
        return run.send(request);
    }

    /** Answers to another user are not shared. */
    @Override
    ClusterGateway around(ClusterGateway other) {
        return new SharingGateway(other, run, List.of());
    }
}
