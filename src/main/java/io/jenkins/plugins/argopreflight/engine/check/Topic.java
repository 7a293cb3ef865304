package io.jenkins.plugins.argopreflight.engine.check;

/** What a check is about: the chapters of docs/checks.md. */
public enum Topic {
    /** Who pulls what, with which credentials. */
    IMAGES,
    /** Who can do what: RBAC. */
    PERMISSIONS,
    /** What the API server will let in: Pod Security, quotas, webhooks. */
    ADMISSION,
    /** Where pods will stand, and what they refer to. */
    CLUSTER,
    /** The workflow and Argo's settings themselves. */
    WORKFLOW
}
