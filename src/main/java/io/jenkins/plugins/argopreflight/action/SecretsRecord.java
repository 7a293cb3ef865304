package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.render.text.SyncTable;

/**
 * What a step wants to be kept of the Secret that it wrote.
 *
 * @param owner who records it: once more in place of what it recorded before
 * @param step what the Jenkinsfile calls
 * @param secret its name
 * @param server whose address is left out of what is kept
 */
public record SecretsRecord(String owner, String step, String secret, SyncTable table, String server) {}
