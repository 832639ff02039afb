"""Every class and function that a Keras configuration may name, for Keras 2 (tf_keras) and Keras 3 alike.

A configuration is data, but Keras turns the names in it into objects: a name outside of this list could
reach a file, the network or any function of Python. So a name is allowed because it stands here, under
the module that it is written with; nothing is allowed because it belongs to Keras. What is left out on
purpose, and why, stands in ``LEFT_OUT``; a class that a new Keras adds is refused until somebody has put
it into one of the two.
"""


def _names(text: str) -> list[str]:
    return text.split()


# Layers of both; names of old versions that still load stand with them.
LAYERS = _names(
    """
    Activation ActivityRegularization Add AdditiveAttention AlphaDropout Attention Average
    AveragePooling1D AveragePooling2D AveragePooling3D AvgPool1D AvgPool2D AvgPool3D BatchNormalization
    Bidirectional CategoryEncoding CenterCrop Concatenate Conv1D Conv1DTranspose Conv2D Conv2DTranspose
    Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D Convolution1D Convolution1DTranspose
    Convolution2D Convolution2DTranspose Convolution3D Convolution3DTranspose Cropping1D Cropping2D
    Cropping3D Dense DepthwiseConv1D DepthwiseConv2D Discretization Dot Dropout ELU EinsumDense
    Embedding Flatten GRU GRUCell GaussianDropout GaussianNoise GlobalAveragePooling1D
    GlobalAveragePooling2D GlobalAveragePooling3D GlobalAvgPool1D GlobalAvgPool2D GlobalAvgPool3D
    GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D GlobalMaxPooling1D GlobalMaxPooling2D
    GlobalMaxPooling3D GroupNormalization GroupQueryAttention Identity InputLayer LSTM LSTMCell
    LayerNormalization LayerNormalizationV1 LeakyReLU LocallyConnected1D LocallyConnected2D Masking
    MaxPool1D MaxPool2D MaxPool3D MaxPooling1D MaxPooling2D MaxPooling3D Maximum Minimum
    MultiHeadAttention Multiply Normalization PReLU Permute RNN RMSNormalization ReLU RepeatVector
    Rescaling Reshape Resizing ReversibleEmbedding SeparableConv1D SeparableConv2D
    SeparableConvolution1D SeparableConvolution2D SimpleRNN SimpleRNNCell Softmax SpatialDropout1D
    SpatialDropout2D SpatialDropout3D SpectralNormalization StackedRNNCells Subtract
    SyncBatchNormalization ThresholdedReLU TimeDistributed UnitNormalization UpSampling1D UpSampling2D
    UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D AdaptiveAveragePooling1D
    AdaptiveAveragePooling2D AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D
    AdaptiveMaxPooling3D MelSpectrogram STFTSpectrogram BatchNormalizationV1 BatchNormalizationV2
    CuDNNGRU CuDNNLSTM
    """
)
# They change pictures while training and pass them on unchanged in an audit.
AUGMENTATION = _names(
    """
    AugMix AutoContrast ContrastLimitedAdaptiveHistogramEqualization CutMix Equalization MixUp Pipeline
    RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast RandomCrop
    RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale RandomHeight
    RandomHue RandomInvert RandomPerspective RandomPosterization RandomRotation RandomSaturation
    RandomSharpness RandomShear RandomTranslation RandomWidth RandomZoom Solarization
    """
)
MODELS = ["Functional", "Model", "Sequential"]
POLICIES = _names(
    """
    DTypePolicy DTypePolicyMap FloatDTypePolicy Policy PolicyV1 QuantizedDTypePolicy
    """
)
QUANTISERS = _names(
    """
    AbsMaxQuantizer Int4QuantizationConfig Int8QuantizationConfig QuantizationConfig
    """
)
# Weights are read from the file; these only say how they once began or were held.
INITIALISERS = _names(
    """
    Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer LecunNormal
    LecunUniform Ones Orthogonal OrthogonalInitializer RandomNormal RandomUniform STFT STFTInitializer
    TruncatedNormal VarianceScaling Zeros constant glorot_normal glorot_uniform he_normal he_uniform
    identity lecun_normal lecun_uniform normal one ones orthogonal random_normal random_uniform
    truncated_normal uniform variance_scaling zero zeros
    """
)
REGULARISERS = _names(
    """
    L1 L1L2 L2 OrthogonalRegularizer l1 l1_l2 l2 orthogonal_regularizer
    """
)
CONSTRAINTS = _names(
    """
    MaxNorm MinMaxNorm NonNeg RadialConstraint UnitNorm max_norm min_max_norm non_neg radial_constraint
    unit_norm
    """
)
ACTIVATIONS = _names(
    """
    celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu
    linear log_sigmoid log_softmax mish relu relu6 selu sigmoid silu soft_shrink softmax softplus
    softsign sparse_plus sparse_sigmoid sparsemax squareplus swish tanh tanh_shrink threshold
    """
)
# Layers that networks of ``applications`` bring along, by their file.
OF_APPLICATIONS = {
    "convnext": ["LayerScale", "StochasticDepth"],
    "inception_resnet_v2": ["CustomScaleLayer"],
}
# Written out by the formats themselves: tuples, slices, constants, symbolic inputs. Nothing of theirs is
# looked up.
VALUES = _names(
    """
    __bytes__ __ellipsis__ __keras_tensor__ __numpy__ __slice__ __tensor__ __tuple__ TensorShape slice
    """
)

# Keras 3 writes arithmetic between layers as operations, by their file below ``keras.src.ops``.
OPERATIONS = {
    "core": _names(
        """
        Cast ConvertToTensor SaturateCast Scatter ScatterUpdate Slice SliceUpdate StopGradient Unstack
        """
    ),
    "image": _names(
        """
        AffineTransform CropImages ElasticTransform ExtractPatches GaussianBlur HSVToRGB MapCoordinates
        PadImages PerspectiveTransform RGBToGrayscale RGBToHSV Resize SSIM ScaleAndTranslate SobelEdges
        """
    ),
    "linalg": _names(
        """
        Cholesky CholeskyInverse Det Eigh Inv Norm Pinv Qr SVD Solve SolveTriangular
        """
    ),
    "math": _names(
        """
        CDist Erf Erfc Erfinv ExtractSequences FFT FFT2 IFFT2 IRFFT ISTFT InTopK Logdet Logsumexp RFFT
        Rsqrt STFT SegmentMax SegmentMin SegmentProd SegmentSum TopK ViewAsComplex ViewAsReal
        """
    ),
    "einops": _names(
        """
        Rearrange
        """
    ),
    "nn": _names(
        """
        AdaptiveAveragePool AdaptiveMaxPool AveragePool BatchNorm Celu Conv ConvTranspose DepthToSpace
        DepthwiseConv DotProductAttention Elu Fold Gelu Glu HardShrink HardSigmoid HardSilu HardTanh
        LayerNorm LeakyRelu LogSigmoid LogSoftmax MaxPool Moments MultiHot Normalize OneHot PSNR Polar
        RMSNorm Relu Relu6 Selu SeparableConv Sigmoid Silu SoftShrink Softmax Softplus Softsign
        SpaceToDepth SparsePlus SparseSigmoid Sparsemax Squareplus TanhShrink Threshold Unfold
        """
    ),
    "numpy": _names(
        """
        Abs Absolute Add All AllClose Amax Amin Angle Any Append Arange Arccos Arccosh Arcsin Arcsinh
        Arctan Arctan2 Arctanh Argmax Argmin Argpartition Argsort Array ArraySplit Average Bincount
        BitwiseAnd BitwiseInvert BitwiseLeftShift BitwiseNot BitwiseOr BitwiseRightShift BitwiseXor
        BroadcastTo Cbrt Ceil Clip Concatenate Conj Conjugate Copy Corrcoef Correlate Cos Cosh
        CountNonzero Cross Cumprod Cumsum Deg2rad Diag Diagflat Diagonal Diff Digitize Divide
        DivideNoNan Dot Dsplit Dstack Einsum EmptyLike Equal Exp Exp2 ExpandDims Expm1 Fabs Flip Fliplr
        Flipud Floor FloorDivide Fmax Fmin Fmod Full FullLike Gcd Geomspace GetItem Greater GreaterEqual
        Heaviside Histogram Hsplit Hstack Hypot I0 Imag Inner IsIn Isclose Isfinite Isinf Isnan Isneginf
        Isposinf Isreal Kron Lcm Ldexp LeftShift Less LessEqual Linspace Log Log10 Log1p Log2 Logaddexp
        Logaddexp2 LogicalAnd LogicalNot LogicalOr LogicalXor Logspace Matmul Max Maximum Mean Median
        Meshgrid Min Minimum Mod Moveaxis Multiply NanToNum Nanargmax Nanargmin Nancumprod Nancumsum
        Nanmax Nanmean Nanmedian Nanmin Nanpercentile Nanprod Nanquantile Nanstd Nansum Nanvar Ndim
        Negative Nextafter Nonzero NotEqual OnesLike Outer Pad Percentile Power Prod Ptp Quantile
        Rad2deg Ravel Real Reciprocal Repeat Reshape RightShift Roll Rot90 Round SearchSorted Select
        Sign Signbit Sin Sinc Sinh Size Slogdet Sort Split Sqrt Square Squeeze Stack Std Subtract Sum
        Swapaxes Take TakeAlongAxis Tan Tanh Tensordot Tile Trace Transpose Trapezoid Tril Triu
        TrueDivide Trunc Unique UnravelIndex Vander Var Vdot View Vsplit Vstack Where ZerosLike
        """
    ),
}

# Keras 2 writes arithmetic between layers as a call: of a public function of TensorFlow by its name there,
# or of a method or property of a tensor. The layer is as harmless as what it calls; that is checked, too.
CALLING_LAYERS = {
    "TFOpLambda": "function",
    "SlicingOpLambda": "function",
    "InstanceMethod": "attr_name",
    "InstanceProperty": "attr_name",
}
TENSORFLOW_FUNCTIONS = _names(
    """
    __operators__.add __operators__.eq __operators__.getitem __operators__.ne __operators__.truediv abs
    add_n argmax argmin argsort batch_to_space bitcast boolean_mask broadcast_to cast clip_by_norm
    clip_by_value compat.v1.floor_div compat.v1.gather compat.v1.nn.convolution
    compat.v1.nn.depthwise_conv2d compat.v1.nn.fused_batch_norm compat.v1.nn.max_pool
    compat.v1.nn.avg_pool compat.v1.nn.batch_normalization compat.v1.norm compat.v1.shape compat.v1.size
    compat.v1.space_to_batch compat.v1.squeeze compat.v1.transpose compat.v1.where compat.v1.expand_dims
    compat.v1.concat compat.v1.image.resize_bilinear compat.v1.image.resize_nearest_neighbor
    compat.v1.image.resize_images compat.v1.to_float compat.v1.batch_to_space compat.v1.div
    compat.v1.div_no_nan compat.v1.pad compat.v1.reduce_max compat.v1.reduce_mean compat.v1.reduce_sum
    compat.v1.nn.softmax concat constant convert_to_tensor cumsum debugging.check_numerics einsum
    expand_dims eye fill gather gather_nd identity image.adjust_brightness image.adjust_contrast
    image.central_crop image.crop_to_bounding_box image.extract_patches image.flip_left_right
    image.flip_up_down image.grayscale_to_rgb image.hsv_to_rgb image.image_gradients
    image.pad_to_bounding_box image.per_image_standardization image.resize image.resize_with_crop_or_pad
    image.resize_with_pad image.rgb_to_grayscale image.rgb_to_hsv image.rot90 image.sobel_edges
    image.total_variation image.transpose linalg.band_part linalg.diag linalg.diag_part linalg.inv
    linalg.matmul linalg.matvec linalg.matrix_transpose linalg.normalize linalg.set_diag
    linalg.tensor_diag linalg.tensordot linalg.trace linspace math.abs math.accumulate_n math.acos
    math.acosh math.add math.add_n math.angle math.argmax math.argmin math.asin math.asinh math.atan
    math.atan2 math.atanh math.ceil math.conj math.cos math.cosh math.count_nonzero math.cumprod
    math.cumsum math.cumulative_logsumexp math.divide math.divide_no_nan math.equal math.erf math.erfc
    math.exp math.expm1 math.floor math.floordiv math.floormod math.greater math.greater_equal math.imag
    math.is_finite math.is_inf math.is_nan math.l2_normalize math.less math.less_equal math.log
    math.log1p math.log_sigmoid math.logical_and math.logical_not math.logical_or math.logical_xor
    math.maximum math.minimum math.mod math.multiply math.multiply_no_nan math.negative math.not_equal
    math.pow math.real math.reciprocal math.reciprocal_no_nan math.reduce_all math.reduce_any
    math.reduce_euclidean_norm math.reduce_logsumexp math.reduce_max math.reduce_mean math.reduce_min
    math.reduce_prod math.reduce_std math.reduce_sum math.reduce_variance math.rint math.round
    math.rsqrt math.scalar_mul math.segment_sum math.sigmoid math.sign math.sin math.sinh math.softplus
    math.sqrt math.square math.squared_difference math.subtract math.tan math.tanh math.top_k
    math.truediv math.unsorted_segment_sum math.xlogy meshgrid nn.avg_pool nn.avg_pool2d
    nn.batch_normalization nn.bias_add nn.conv1d nn.conv2d nn.conv2d_transpose nn.convolution nn.crelu
    nn.depth_to_space nn.depthwise_conv2d nn.dropout nn.elu nn.gelu nn.l2_normalize nn.leaky_relu
    nn.local_response_normalization nn.log_softmax nn.max_pool nn.max_pool2d nn.moments
    nn.normalize_moments nn.pool nn.relu nn.relu6 nn.selu nn.separable_conv2d nn.sigmoid nn.silu
    nn.softmax nn.softplus nn.softsign nn.space_to_depth nn.swish nn.tanh nn.zero_fraction norm one_hot
    ones ones_like pad quantization.dequantize quantization.fake_quant_with_min_max_args
    quantization.fake_quant_with_min_max_vars quantization.quantize_and_dequantize range rank repeat
    reshape reverse roll scatter_nd searchsorted sequence_mask shape signal.fft2d signal.ifft2d
    signal.rfft2d size slice sort space_to_batch split squeeze stack stop_gradient strided_slice
    tensor_scatter_nd_add tensor_scatter_nd_update tile transpose unstack where zeros zeros_like
    """
)
TENSOR_ATTRIBUTES = _names(
    """
    dtype get_shape shape ndim rank set_shape
    """
)

LEFT_OUT = {
    "Lambda": "holds Python code",
    "__lambda__": "holds Python code",
    "TFSMLayer": "opens another file, a SavedModel",
    "TorchModuleWrapper": "unpickles a module of PyTorch",
    "JaxLayer": "holds code of JAX",
    "FlaxLayer": "holds code of Flax",
    "StringLookup": "its vocabulary may be a file",
    "IntegerLookup": "its vocabulary may be a file",
    "TextVectorization": "its vocabulary may be a file",
    "DenseFeatures": "works on tables; its columns may read files",
    "ClassMethod": "calls a method of a class that the file names",
    **dict.fromkeys(
        _names("AssociativeScan Cond ForiLoop JVP Map Scan Switch VectorizedMap WhileLoop"),
        "calls a function that the file names",
    ),
    **dict.fromkeys(_names("Hashing HashedCrossing CTCDecode"), "works on texts"),
    "MaxNumBoundingBoxes": "works on boxes, not on pictures",
    **dict.fromkeys(
        _names("AbstractRNNCell InputSpec Layer SegmentReduction Wrapper"),
        "a base class, which computes nothing",
    ),
    **dict.fromkeys(
        _names("BinaryCrossentropy CTCLoss CategoricalCrossentropy SparseCategoricalCrossentropy"),
        "a loss, which needs labels",
    ),
    **dict.fromkeys(_names("Eig Lstsq LuFactor MatrixRank"), "has no gradient"),
}
