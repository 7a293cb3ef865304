package io.jenkins.plugins.argopreflight.engine.preflight;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.facts.CollectRequest;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The request for a preflight.
 *
 * @param collectRequest the workflows to check, and the known settings of Argo, the cluster and its nodes
 * @param gateOptions the options that decide about the result
 * @param today the day from which expiries are computed
 */
public record PreflightRequest(CollectRequest collectRequest, GateOptions gateOptions, LocalDate today) {

    /**
     * Returns a builder of a request.
     *
     * @param documents the documents of the files to check: workflows, and the objects to which they refer
     * @param namespace the namespace of documents without a namespace, and of the objects that are requested by name
     * @param argoNamespace the namespace of the controller
     */
    public static Builder builder(List<Document> documents, String namespace, String argoNamespace) {
        return new Builder(documents, namespace, argoNamespace);
    }

    /** The builder of a request. Settings of the cluster that are not set are read from the cluster. */
    public static final class Builder {

        private final List<Document> documents;
        private final String namespace;
        private final String argoNamespace;
        private List<String> names = List.of();
        private Optional<ArgoVersion> argoVersion = Optional.empty();
        private Optional<String> kubernetesVersion = Optional.empty();
        private String podSecurity = "";
        private List<Document> controllerFiles = List.of();
        private Map<String, String> parameters = Map.of();
        private List<String> nodeCredentials = List.of();
        private GateOptions gateOptions = GateOptions.DEFAULT;
        private LocalDate today = LocalDate.now(ZoneId.systemDefault());

        private Builder(List<Document> documents, String namespace, String argoNamespace) {
            this.documents = documents;
            this.namespace = namespace;
            this.argoNamespace = argoNamespace;
        }

        /** Sets the objects of the cluster to check, {@code KIND/NAME} in kubectl's spellings. */
        public Builder names(List<String> objects) {
            names = objects;
            return this;
        }

        /** Sets the version of Argo to assume; empty for that of the controller. */
        public Builder argoVersion(Optional<ArgoVersion> version) {
            argoVersion = version;
            return this;
        }

        /** Sets the version of Kubernetes to assume, such as {@code v1.34.4}; empty for that of the API server. */
        public Builder kubernetesVersion(Optional<String> version) {
            kubernetesVersion = version;
            return this;
        }

        /**
         * Sets the Pod Security level that replaces the labels of the namespace, {@code LEVEL} or
         * {@code LEVEL:VERSION}; {@code ""} for the labels.
         */
        public Builder podSecurity(String level) {
            podSecurity = level;
            return this;
        }

        /** Sets the controller's ConfigMap, and its Deployment if there is one. */
        public Builder controllerFiles(List<Document> files) {
            controllerFiles = files;
            return this;
        }

        /** Sets the values that the submission gives to the workflows' parameters. */
        public Builder parameters(Map<String, String> values) {
            parameters = values;
            return this;
        }

        /** Sets patterns of images for which the nodes have credentials, as an administrator configured them. */
        public Builder nodeCredentials(List<String> patterns) {
            nodeCredentials = patterns;
            return this;
        }

        public Builder gateOptions(GateOptions options) {
            gateOptions = options;
            return this;
        }

        public Builder today(LocalDate day) {
            today = day;
            return this;
        }

        public PreflightRequest build() {
            return new PreflightRequest(
                    new CollectRequest(
                            new WorkflowRequest(
                                    documents, namespace, argoNamespace, argoVersion, controllerFiles, parameters),
                            names,
                            kubernetesVersion,
                            podSecurity,
                            nodeCredentials),
                    gateOptions,
                    today);
        }
    }
}
