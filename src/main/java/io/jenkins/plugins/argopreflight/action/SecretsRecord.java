package io.jenkins.plugins.argopreflight.action;

import io.jenkins.plugins.argopreflight.engine.render.text.SyncTable;

/**
 * The data of a written Secret that a step records in its build.
 *
 * @param owner the id of the step that records the data; its later record replaces the earlier one
 * @param step the name of the step in the Jenkinsfile
 * @param secret the name of the Secret
 * @param done the result in a word: written, unchanged, or dry run
 * @param server the API server, whose address is not stored
 */
public record SecretsRecord(String owner, String step, String secret, SyncTable table, String done, String server) {}
