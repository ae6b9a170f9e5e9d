package io.inmesh.agent.sds;

import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Stands before a listening socket's acceptor and closes connections of every user but one before a byte of theirs is read. */
final class OneUser extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = System.getLogger(OneUser.class.getName());

    private final int user;

    OneUser(int user) {
        this.user = user;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        EpollDomainSocketChannel caller = (EpollDomainSocketChannel) accepted;
        if (isAllowed(caller)) {
            context.fireChannelRead(accepted);
        } else {
            caller.unsafe().closeForcibly();
        }
    }

    private boolean isAllowed(EpollDomainSocketChannel caller) {
        try {
            int shown = caller.peerCredentials().uid();
            if (shown != user) {
                LOG.log(
                        Level.WARNING,
                        "Refused: user={0} expected={1}",
                        Integer.toString(shown),
                        Integer.toString(user));
            }
            return shown == user;
        } catch (IOException e) {
            return false;
        }
    }
}
