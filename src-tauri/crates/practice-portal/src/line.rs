//! Loopback connections that a fault can refuse, hang up on or answer twice, as bad networks do.

use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Accepts connections, or refuses them while it is told to.
#[derive(Debug)]
pub(crate) struct Lines {
    /// Nothing while connections are refused: a closed port is what refuses them.
    listener: Option<TcpListener>,
    address: SocketAddr,
    refuse: watch::Receiver<bool>,
}

/// One connection.
pub(crate) struct Line {
    stream: TcpStream,
    hangup: Hangup,
    /// Ends when connections are refused, open ones included.
    refused: Pin<Box<dyn Future<Output = ()> + Send>>,
    is_refused: bool,
    /// What of an answer is still to be written again.
    again: Vec<u8>,
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Line").field("stream", &self.stream).finish_non_exhaustive()
    }
}

/// What is to happen to one connection. Clones are the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Hangup(Arc<Mutex<Fate>>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fate {
    #[default]
    Open,
    Cut,
    Reset,
    Twice,
}

impl Hangup {
    /// Makes the next write fail, which closes the connection.
    pub(crate) fn cut(&self) {
        self.set(Fate::Cut);
    }

    /// The same with a reset instead of an orderly end.
    pub(crate) fn reset(&self) {
        self.set(Fate::Reset);
    }

    /// Writes the next answer twice.
    pub(crate) fn repeat(&self) {
        self.set(Fate::Twice);
    }

    fn set(&self, fate: Fate) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = fate;
    }

    fn fate(&self) -> Fate {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lines {
    /// Connections to this address, refused while the receiver says so.
    pub(crate) fn new(listener: TcpListener, address: SocketAddr, refuse: watch::Receiver<bool>) -> Self {
        Lines { listener: Some(listener), address, refuse }
    }

    /// The listener, opened again after a refusal.
    async fn open(&mut self) -> Option<&TcpListener> {
        if *self.refuse.borrow_and_update() {
            self.listener = None;
            // An ended sender means that the portal is going; nothing is accepted any more.
            if self.refuse.wait_for(|refuse| !*refuse).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
        if self.listener.is_none() {
            match TcpListener::bind(self.address).await {
                Ok(listener) => self.listener = Some(listener),
                Err(error) => {
                    const PAUSE: Duration = Duration::from_millis(20);
                    tracing::warn!(%error, "the practice portal's port is not free yet");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
        self.listener.as_ref()
    }
}

impl Listener for Lines {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        loop {
            let mut refuse = self.refuse.clone();
            let Some(listener) = self.open().await else { continue };
            let accepted = tokio::select! {
                accepted = listener.accept() => accepted,
                // Told to refuse: the port is closed on the next round.
                _ = refuse.wait_for(|refuse| *refuse) => continue,
            };
            match accepted {
                Ok((stream, address)) => {
                    let refused = Box::pin(async move {
                        if refuse.wait_for(|refuse| *refuse).await.is_err() {
                            std::future::pending::<()>().await;
                        }
                    });
                    let hangup = Hangup::default();
                    return (Line { stream, hangup, refused, is_refused: false, again: Vec::new() }, address);
                }
                Err(error) => tracing::warn!(%error, "a connection to the practice portal was lost"),
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

impl Connected<IncomingStream<'_, Lines>> for Hangup {
    fn connect_info(stream: IncomingStream<'_, Lines>) -> Self {
        stream.io().hangup.clone()
    }
}

impl Line {
    fn check(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        // Once refused, always: what is over must not be asked again.
        self.is_refused = self.is_refused || self.refused.as_mut().poll(cx).is_ready();
        match self.hangup.fate() {
            Fate::Open | Fate::Twice if !self.is_refused => return Ok(()),
            Fate::Cut => {}
            Fate::Open | Fate::Twice | Fate::Reset => self.stream.set_zero_linger()?,
        }
        Err(io::ErrorKind::ConnectionAborted.into())
    }
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        self.check(cx)?;
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        self.check(cx)?;
        let written = ready!(Pin::new(&mut self.stream).poll_write(cx, buf))?;
        if self.hangup.fate() == Fate::Twice {
            self.again.extend(buf.iter().take(written));
        }
        Poll::Ready(Ok(written))
    }

    /// A flush ends an answer, so that its second delivery follows here.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check(cx)?;
        let line = &mut *self;
        while !line.again.is_empty() {
            let written = ready!(Pin::new(&mut line.stream).poll_write(cx, &line.again))?;
            line.again.drain(..written.min(line.again.len()));
            line.hangup.set(Fate::Open);
        }
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
