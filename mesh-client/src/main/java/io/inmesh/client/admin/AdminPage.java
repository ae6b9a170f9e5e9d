package io.inmesh.client.admin;

/** Answers one path. Thread-safe. */
@FunctionalInterface
interface AdminPage {

    AdminAnswer answer(AdminQuery query) throws AdminQuery.NotUnderstoodException;
}
