package io.jenkins.plugins.argopreflight.engine.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A gateway that shares the answers to its reads with other runs, except lists with a label selector. */
final class SharingGateway extends ForwardingGateway {

    /** The length of the longest list that is shared, since a longer one would take much memory for a long time. */
    private static final int MAX_SHARED_OBJECTS = 1_000;

    private final SharedReads.Run run;
    private final List<Object> scope;

    /**
     * Creates a gateway.
     *
     * @param scope equal for gateways whose answers are the same; empty if nothing is shared
     */
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

    /** Returns a list. A list with a label selector is not shared, because it has the pods of one workflow. */
    @Override
    public List<ObjectNode> list(Resource resource, String namespace, String labelSelector, String fieldSelector) {
        if (!labelSelector.isEmpty()) {
            return super.list(resource, namespace, labelSelector, fieldSelector);
        }
        List<ObjectNode> found = new ArrayList<>();
        SharedList own = new SharedList();
        SharedList sharedList = shared(question(resource, namespace, fieldSelector), () -> {
            found.addAll(super.list(resource, namespace, "", fieldSelector));
            found.forEach(own::add);
            return own;
        });
        return sharedList == own
                ? found
                : sharedList.objects().orElseGet(() -> super.list(resource, namespace, "", fieldSelector));
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
        SharedList own = new SharedList();
        SharedList sharedList = shared(question(resource, namespace, fieldSelector), () -> {
            super.each(resource, namespace, "", fieldSelector, object -> {
                own.add(object);
                consumer.accept(object);
            });
            return own;
        });
        if (sharedList != own) {
            sharedList
                    .objects()
                    .ifPresentOrElse(
                            objects -> objects.forEach(consumer),
                            () -> super.each(resource, namespace, "", fieldSelector, consumer));
        }
    }

    private static List<Object> question(Resource resource, String namespace, String fieldSelector) {
        return List.of("list", resource, namespace, fieldSelector);
    }

    /** A list, or the information that it is too long to be shared. */
    private static final class SharedList {
        private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
        private boolean isTooLong;

        void add(ObjectNode object) {
            isTooLong = isTooLong || objects.size() == MAX_SHARED_OBJECTS;
            if (isTooLong) {
                objects.clear();
            } else {
                objects.put(KubeObjects.namespace(object) + "/" + KubeObjects.name(object), object);
            }
        }

        Optional<List<ObjectNode>> objects() {
            return isTooLong ? Optional.empty() : Optional.of(List.copyOf(objects.values()));
        }
    }

    /** Creates an object. A review is shared, since it is a question although it is sent as a create. */
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

    /** Returns a gateway for another user, whose answers are not shared. */
    @Override
    ClusterGateway around(ClusterGateway other) {
        return new SharingGateway(other, run, List.of());
    }
}
