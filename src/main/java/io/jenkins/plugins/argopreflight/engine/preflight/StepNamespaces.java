package io.jenkins.plugins.argopreflight.engine.preflight;

/**
 * The namespaces of a cluster in which steps work.
 *
 * @param namespace the namespace of the workflows
 * @param argoNamespace the namespace of Argo's controller
 * @param blockNamespace the namespace of the ServiceAccount whose tokens builds get; {@code ""} if they get none
 */
public record StepNamespaces(String namespace, String argoNamespace, String blockNamespace) {}
