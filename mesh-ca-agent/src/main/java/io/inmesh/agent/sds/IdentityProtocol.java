package io.inmesh.agent.sds;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.wire.Message;
import java.security.GeneralSecurityException;
import java.util.Optional;

/** How a local process streams an identity to this one. Stateless; what a stream has told so far is its conversation's. */
interface IdentityProtocol {

    MethodDescriptor<Message, Message> method();

    /** Headers of the call. */
    Metadata headers();

    /** The first message. */
    Message request();

    /** A new conversation. */
    Conversation begin();

    /** One stream's course. Not thread-safe. */
    interface Conversation {

        /**
         * Takes a message.
         *
         * @return an identity if one is complete; nothing of it is verified yet
         * @throws GeneralSecurityException if it cannot be read
         */
        Optional<WorkloadIdentity> take(Message response) throws GeneralSecurityException;

        /** What to say to a message that has been taken; empty for nothing. */
        Optional<Message> reply(Message response);
    }
}
